"""The floors of the house: imports only go down."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("metrics", "locales", "charts", "store", "loaders", "exports", "pages", "web", "tests")
MAY_IMPORT = {
    "metrics": set(),
    "locales": set(),
    "charts": {"metrics", "locales"},
    "store": {"metrics"},
    "loaders": {"metrics", "store", "locales"},
    "exports": {"metrics", "charts", "locales"},
    "pages": {"metrics", "locales", "charts", "store", "loaders", "exports"},
    "web": {"locales", "charts", "store", "loaders", "exports", "pages"},  # a start asks each for its settings
}
ONLY_IN = {
    "streamlit": ("pages", "web", "app.py", "server.py"),
    "plotly": ("charts",),
    "starlette": ("web", "server.py"),
    "authlib": ("web",),
    "argon2": ("store",),
    "sqlalchemy": ("store",),
    "duckdb": ("store",),
    "typst": ("exports",),
    "openpyxl": ("loaders", "exports"),
    "xlrd": ("loaders",),
}


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(file: Path) -> set[str]:
    """Top-level names a file imports, at the top or inside a function."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_imports_only_from_the_floors_below(folder: str) -> None:
    upward = {}
    for file in sources(folder):
        if file.name == "__main__.py":  # a door, like app.py: floor 4
            continue
        found = imported(file) & set(FOLDERS) - MAY_IMPORT[folder] - {folder}
        if found:
            upward[str(file.relative_to(ROOT))] = sorted(found)
    assert upward == {}


@pytest.mark.parametrize("library", ONLY_IN)
def test_an_outside_library_is_known_to_one_room_only(library: str) -> None:
    allowed = ONLY_IN[library]
    ours = [*ROOT.glob("*.py"), *(file for folder in MAY_IMPORT for file in sources(folder))]
    users = [str(file.relative_to(ROOT)) for file in ours if library in imported(file)]
    strangers = [user for user in users if user.split("/")[0] not in allowed]
    assert users, f"nobody uses {library}"
    assert strangers == []


def test_metrics_read_no_clock_and_no_file() -> None:
    forbidden = re.compile(r"\b(now|today|utcnow)\(|\bopen\(|read_text|read_bytes|\bPath\(")
    found = [
        f"{file.name}: {line.strip()}"
        for file in sources("metrics")
        for line in file.read_text(encoding="utf-8").splitlines()
        if forbidden.search(line.split("#")[0])
    ]
    assert found == []


def test_no_page_lies_directly_in_pages() -> None:
    # Streamlit runs such a script without app.py when it is the first request after a start.
    assert list((ROOT / "pages").glob("*.py")) == []


def test_no_table_leaves_without_its_marks_and_an_entry_in_the_audit() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["client"]["disableDataExport"]


def test_the_entry_script_is_short() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 60


def test_there_is_no_utils() -> None:
    assert [path for path in ROOT.rglob("util*") if path.relative_to(ROOT).parts[0] in (*FOLDERS, "data")] == []
