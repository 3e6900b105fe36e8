"""`python -m store backup|restore`: a copy of everything, and back from it. Stop the server first."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from store.backup import restore_backup, save_backup
from store.database import DatabaseBusy, chosen_url, open_database


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m store", description=__doc__)
    parser.add_argument("command", choices=["backup", "restore"])
    parser.add_argument("folder", nargs="?", type=Path, help="default: backups/<date and time>")
    parser.add_argument("--database", default=chosen_url(), help="URL of the database (default: DASHBOARD_DATABASE)")
    chosen = parser.parse_args()
    try:
        if chosen.command == "backup":
            folder = chosen.folder or Path("backups") / datetime.now().strftime("%Y-%m-%d-%H%M%S")
            database = open_database(chosen.database)
            save_backup(database, folder)
            database.close()
            print(f"saved to {folder}")
        else:
            if chosen.folder is None:
                parser.error("restore needs the folder of a backup")
            restore_backup(chosen.folder, chosen.database)
            print(f"restored to {chosen.database}")
    except (DatabaseBusy, FileExistsError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
