"""Plan files read into their shapes, every fault collected as `file: key: fault`."""

import csv
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from loaders.plans.shape import Table

Shape = TypeVar("Shape", bound=Table)


class Faults:
    """What is wrong with the plan files, in the order it was found."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, file: str, key: str, fault: str) -> None:
        self.lines.append(f"{file}: {key}: {fault}")


def label(path: Path) -> str:
    """How a file is called in a fault: its folder and name."""
    return f"{path.parent.name}/{path.name}"


def shaped(shape: type[Shape], data: object, faults: Faults, file: str, key: str = "") -> Shape | None:
    """`data` in its shape, or None with the reasons added to `faults`."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            where = ".".join([*([key] if key else []), *(str(step) for step in fault["loc"])])
            faults.add(file, where, _words(fault["type"], fault["msg"]))
        return None


def _words(kind: str, message: str) -> str:
    plain = {"extra_forbidden": "unknown key", "missing": "missing"}
    return plain.get(kind, message.removeprefix("Value error, "))


def read_toml(path: Path, faults: Faults) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.add(label(path), "-", "file is missing")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.add(label(path), "-", f"not readable as TOML: {error}")
    return None


def read_tables(shape: type[Shape], data: dict[str, Any], faults: Faults, file: str) -> dict[str, Shape]:
    """Tables of one shape by key: `[JF-01] … [JF-02] …`."""
    found = {name: shaped(shape, table, faults, file, name) for name, table in data.items()}
    return {name: table for name, table in found.items() if table is not None}


def read_cells(shape: type[Table], path: Path, faults: Faults) -> list[tuple[int, dict[str, str]]]:
    """Rows of a CSV file with their line numbers, as filled cells. Blank cells count as absent."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            expected, found = list(shape.model_fields), list(reader.fieldnames or [])
            if found != expected:
                faults.add(label(path), "header", f"expected {', '.join(expected)}; found {', '.join(found)}")
                return []
            rows = [(reader.line_num, row) for row in reader]
    except FileNotFoundError:
        faults.add(label(path), "-", "file is missing")
        return []
    except UnicodeDecodeError as error:
        faults.add(label(path), "-", f"not readable as UTF-8: {error.reason}")
        return []
    filled = []
    for line, row in rows:
        if None in row or None in row.values():
            faults.add(label(path), f"line {line}", f"needs {len(expected)} cells")
            continue
        filled.append((line, {name: cell.strip() for name, cell in row.items() if cell.strip()}))
    return filled


def shaped_rows(
    shape: type[Shape], cells: list[tuple[int, dict[str, str]]], faults: Faults, file: str
) -> list[tuple[int, Shape]]:
    """Rows in their shape; a blank cell that a reading put there counts as absent too."""
    shapes = [
        (line, shaped(shape, {name: cell for name, cell in row.items() if cell}, faults, file, f"line {line}"))
        for line, row in cells
    ]
    return [(line, row) for line, row in shapes if row is not None]


def read_rows(shape: type[Shape], path: Path, faults: Faults) -> list[tuple[int, Shape]]:
    return shaped_rows(shape, read_cells(shape, path, faults), faults, label(path))
