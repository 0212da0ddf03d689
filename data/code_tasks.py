"""The code of a coding question: what a candidate starts from, and the tests it is tried with.

Both are Python text. In the tests a line `## name` begins one test, `## edge: name` one of an edge case;
what stands above the first runs before the candidate's code, each time. A test fails when it raises.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from data.domain import WRITTEN_IN_CODE, CodeCheck, CodeTask

TASK_FIELDS = ("starter", "tests")

Note = Callable[[str, str], None]
"""Takes the field and what is wrong with it."""
_HEADING = re.compile(r"##\s+(edge:\s*)?(\S.*)")


@dataclass(frozen=True, slots=True)
class _Section:
    """A stretch of the tests: its heading, and the line its code begins at, counted from 1."""

    name: str
    edge: bool
    code: str
    line: int


def read_task(starter: str, tests: str, category: str, note: Note) -> CodeTask | None:
    """The task in these two texts, None when both are empty; every mistake goes to `note` with its line."""
    if not starter.strip() and not tests.strip():
        return None
    if category not in WRITTEN_IN_CODE:
        only = f"is for questions of the categories {' and '.join(WRITTEN_IN_CODE)} only"
        note("starter" if starter.strip() else "tests", only)
    if not starter.strip():
        note("starter", "is missing; tests need the names that they call")
    if not tests.strip():
        note("tests", "are missing; a starter needs at least one")
    _parse(starter, 1, "starter", note)
    first, *sections = _sections(tests)
    setup = first.code
    _parse(setup, 1, "tests", note)
    for section in sections:
        _check_section(section, note)
    for name in _twice([section.name for section in sections]):
        note("tests", f"two tests are called {name!r}")
    if tests.strip() and not sections:
        note("tests", "have no heading; each begins with a line like '## Keeps the newest entry'")
    checks = tuple(CodeCheck(section.name, section.code, section.edge) for section in sections)
    return CodeTask(f"{starter.rstrip()}\n", checks, setup)


def _sections(tests: str) -> list[_Section]:
    """What stands above the first heading, then one section a heading."""
    lines = tests.splitlines()
    headings = [(number, found) for number, line in enumerate(lines) if (found := _HEADING.match(line))]
    ends = [number for number, _ in headings] + [len(lines)]
    parts = [_Section("", False, _joined(lines[: ends[0]]), 1)]
    for (number, found), end in zip(headings, ends[1:], strict=True):
        code = _joined(lines[number + 1 : end])
        parts.append(_Section(found[2].rstrip(), found[1] is not None, code, number + 2))
    return parts


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _check_section(section: _Section, note: Note) -> None:
    tree = _parse(section.code, section.line, "tests", note)
    if tree is not None and not any(isinstance(node, ast.Assert | ast.Raise) for node in ast.walk(tree)):
        note("tests", f"line {section.line - 1}: the test {section.name!r} cannot fail, it has no assert")


def _parse(code: str, first_line: int, field: str, note: Note) -> ast.Module | None:
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = first_line - 1 + (getattr(error, "lineno", None) or 1)
        note(field, f"line {line}: not Python: {getattr(error, 'msg', error)}")
        return None


def _twice(names: list[str]) -> Iterator[str]:
    for place, name in enumerate(names):
        if name in names[:place]:
            yield name
