"""Runs one test of a coding question. It is sent to the browser; the server runs no candidate's code.

A test finds the candidate's names and two of its own: `raises(error, call, ...)` and `fake_clock()`, whose
`now` moves every clock of the module `time`, and which sleeping moves too.
"""

from __future__ import annotations

import ast
import contextlib
import io
import linecache
import sys
import time
import traceback
import types
from collections.abc import Callable
from typing import Any

CODE, TEST = "<your code>", "<test>"
LONGEST_OUTPUT = 1000
LONGEST_VALUE = 200
_TIME = dict(vars(time))


class _Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def read(self) -> float:
        return self.now

    def read_ns(self) -> int:
        return round(self.now * 1e9)

    def wait(self, seconds: float) -> None:
        self.now += seconds


def fake_clock() -> _Clock:
    """A clock that only tests move; it stands in for the real one until the test is over."""
    clock = _Clock()
    for name in ("monotonic", "time", "perf_counter"):
        setattr(time, name, clock.read)
        setattr(time, f"{name}_ns", clock.read_ns)
    time.sleep = clock.wait  # type: ignore[assignment]
    return clock


def raises(kind: type[BaseException], call: Callable[..., Any], *given: Any, **named: Any) -> bool:
    """Whether the call raises this error."""
    try:
        call(*given, **named)
    except kind:
        return True
    return False


class _Telling(ast.NodeTransformer):
    """Makes `assert left == right` say what the left side was, evaluating each side once."""

    def visit_Assert(self, node: ast.Assert) -> ast.Assert | list[ast.stmt]:  # noqa: N802 - ast's name
        """One comparison without a message of its own becomes two assignments and an assert with one."""
        test = node.test
        if node.msg is not None or not isinstance(test, ast.Compare) or len(test.ops) != 1:
            return node
        sides = zip(("_left", "_right"), (test.left, test.comparators[0]), strict=True)
        first, second = (ast.Assign([ast.Name(name, ast.Store())], value) for name, value in sides)
        left, right = (ast.Name(name, ast.Load()) for name in ("_left", "_right"))
        message = ast.Call(ast.Name("_shown", ast.Load()), [left], [])
        told: list[ast.stmt] = [first, second, ast.Assert(ast.Compare(left, test.ops, [right]), message)]
        return [ast.copy_location(statement, node) for statement in told]


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except Exception as error:  # a candidate's own __repr__
        text = f"a value that cannot be shown ({type(error).__name__})"
    return f"the left side is {text[:LONGEST_VALUE]}"


def run_check(setup: str, code: str, check: str) -> dict[str, str]:
    """`outcome` (passed, failed), `problem` in plain words, and what was printed."""
    module = types.ModuleType("solution")
    sys.modules["solution"] = module
    names = vars(module)
    names.update(raises=raises, fake_clock=fake_clock, _shown=_shown)
    printed = io.StringIO()
    problem = ""
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            for text, place in ((setup, TEST), (code, CODE), (check, TEST)):
                lines = text.splitlines(keepends=True)
                linecache.cache[place] = (len(text), None, lines, place)
                tree = ast.parse(text, place)
                told = tree if place == CODE else ast.fix_missing_locations(_Telling().visit(tree))
                exec(compile(told, place, "exec", dont_inherit=True), names)
    except BaseException as error:  # a candidate may call sys.exit too
        problem = _in_words(error)
    finally:
        vars(time).update(_TIME)
    return {
        "outcome": "failed" if problem else "passed",
        "problem": problem,
        "printed": printed.getvalue()[:LONGEST_OUTPUT],
    }


def _in_words(error: BaseException) -> str:
    if isinstance(error, SyntaxError) and error.filename == CODE:
        return f"Line {error.lineno} of your code is not Python: {error.msg}"
    if isinstance(error, MemoryError):
        return "It needed more memory than the 512 MB there are."
    frames = traceback.extract_tb(error.__traceback__)
    own = next((frame for frame in reversed(frames) if frame.filename == CODE), None)
    asked = next((frame for frame in reversed(frames) if frame.filename == TEST), None)
    if isinstance(error, AssertionError) and own is None:
        said = f": {error}" if str(error) else ""
        return f"{asked.line if asked else 'the test'} does not hold{said}"
    name = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"{name} (line {own.lineno} of your code)" if own else name
