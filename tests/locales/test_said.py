"""Every phrase is said somewhere: a key that no code names, or could put together, is left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from locales import LANGUAGES, catalogue

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("charts", "exports", "loaders", "locales", "metrics", "pages", "store", "web")
FILLED = r"[\w\-]*"
"""What a blank of a key may be filled with: `status.{status}` names no key of another depth."""


def texts(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The strings of a module; of one with blanks the whole, not its pieces."""
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        yield node
    for one in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.JoinedStr) and isinstance(one, ast.Constant)):
            yield from texts(one)


def shape(made: ast.JoinedStr) -> str:
    return "".join(re.escape(str(one.value)) if isinstance(one, ast.Constant) else FILLED for one in made.values)


def test_every_key_of_the_catalogue_is_named_or_put_together_by_some_code():
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    found = [one for file in files for one in texts(ast.parse(file.read_text(encoding="utf-8")))]
    named = {str(one.value) for one in found if isinstance(one, ast.Constant)}
    shapes = {shape(one) for one in found if isinstance(one, ast.JoinedStr)}
    shapes = {one for one in shapes if re.search("[a-z]{2}", one.replace(FILLED, ""))}
    # A key may be handed on to be ended elsewhere (`titles.floor` + `_few`), or a whole section at once.
    begun = {name if name.endswith(".") else f"{name}_" for name in named if "." in name}
    could_be = re.compile("|".join(f"(?:{one})" for one in sorted(shapes)))
    left_over = [
        key
        for key in catalogue(LANGUAGES[0])
        if key not in named and not could_be.fullmatch(key) and not any(key.startswith(head) for head in begun)
    ]
    assert left_over == []
