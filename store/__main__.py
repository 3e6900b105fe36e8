"""`python -m store backup|restore|audit`: a copy of everything, back from it, and whether the audit is whole.

Stop the server first.
"""

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from locales import LANGUAGES, text
from store.audit import EVERY, as_csv, list_entries, record, verify
from store.backup import BackupRefused, require_new, restore_backup, save_backup
from store.database import chosen_url, open_database
from store.unusable import DatabaseUnusable


def main(arguments: list[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = chosen.run
    try:
        return run(chosen)
    except (DatabaseUnusable, BackupRefused, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m store", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    backup = commands.add_parser("backup", help="write a consistent copy into a new folder")
    backup.add_argument("folder", nargs="?", type=Path, help="default: backups/<date and time>")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="build a database from a backup")
    restore.add_argument("folder", type=Path)
    restore.set_defaults(run=_restore)
    audit = commands.add_parser("audit", help="verify the chain of the audit; names the first broken link")
    audit.add_argument("--expect", type=_noted, metavar="ENTRY:DIGEST", help="an entry's digest as noted earlier")
    audit.add_argument("--csv", type=Path, metavar="FILE", help="write all entries there as well")
    audit.add_argument("--language", choices=LANGUAGES, default="zh_CN")
    audit.set_defaults(run=_audit)
    for command in (backup, restore, audit):
        command.add_argument(
            "--database", default=chosen_url(), help="URL of the database (default: DASHBOARD_DATABASE)"
        )
    return parser


def _noted(said: str) -> tuple[int, str]:
    entry, _, digest = said.partition(":")
    if not entry.isdigit() or not digest or set(digest.lower()) - set("0123456789abcdef"):
        raise argparse.ArgumentTypeError("ENTRY:DIGEST, for example 1234:9f86d081")
    return int(entry), digest.lower()


def _backup(chosen: argparse.Namespace) -> int:
    folder = chosen.folder or Path("backups") / datetime.now().strftime("%Y-%m-%d-%H%M%S")
    require_new(folder)
    with closing(open_database(chosen.database, existing=True)) as database:
        record(database, datetime.now(), database.person.name, "backup", {"folder": folder.name})  # the copy tells too
        save_backup(database, folder)
    print(f"{chosen.database} saved to {folder}")
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    restore_backup(chosen.folder, chosen.database)
    with closing(open_database(chosen.database)) as database:
        record(database, datetime.now(), database.person.name, "restore", {"folder": chosen.folder.name})
    print(f"{chosen.folder} restored to {chosen.database}")
    return 0


def _audit(chosen: argparse.Namespace) -> int:
    """0 while every link holds, 1 otherwise."""
    with closing(open_database(chosen.database, existing=True)) as database:
        chain = verify(database, chosen.expect)
        if chosen.csv:
            chosen.csv.write_bytes(as_csv(list_entries(database, EVERY)))
    key, values = chain.said()
    print(text(f"audit.chain.{key}", chosen.language, **values), file=sys.stderr if chain.broken else sys.stdout)
    return 1 if chain.broken else 0


if __name__ == "__main__":
    sys.exit(main())
