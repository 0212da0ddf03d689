"""What runs one test in the browser, tried here on code of ours: what it says when a test does not hold."""

from __future__ import annotations

import time

import pytest

from pages.widgets.sandbox.harness import run_check


@pytest.mark.parametrize(
    ("code", "check", "problem"),
    [
        ("def f(): return 2", "assert f() == 2", ""),
        ("def f(): return 2", "\nassert f() == 3", "assert f() == 3 does not hold: the left side is 2"),
        ("def f(): return 2", "assert not f()", "assert not f() does not hold"),
        ("def f(): return 2", "assert 3 < f() < 4", "assert 3 < f() < 4 does not hold"),
        ("def f(): return 2", "assert False, 'too slow'", "assert False, 'too slow' does not hold: too slow"),
        ("def f():\n    return 1 / 0", "f()", "ZeroDivisionError: division by zero (line 2 of your code)"),
        ("def f(: pass", "f()", "Line 1 of your code is not Python: invalid syntax"),
        ("pass", "f()", "NameError: name 'f' is not defined"),
        ("def f(): assert False", "f()", "AssertionError (line 1 of your code)"),
        ("import sys\nsys.exit(3)", "pass", "SystemExit: 3 (line 2 of your code)"),
    ],
)
def test_a_problem_is_said_in_words_with_its_line(code: str, check: str, problem: str) -> None:
    result = run_check("", code, check)
    assert result["problem"] == problem
    assert result["outcome"] == ("failed" if problem else "passed")


def test_each_side_of_a_comparison_is_evaluated_once() -> None:
    code = "calls = []\ndef f():\n    calls.append(1)\n    return len(calls)"
    assert run_check("", code, "assert f() == 1\nassert len(calls) == 1")["problem"] == ""


def test_the_clock_is_the_tests_and_real_again_afterwards() -> None:
    before = time.monotonic
    check = "began = f()\nclock.now += 7\nassert f() - began == 7"
    result = run_check("clock = fake_clock()", "from time import monotonic as f", check)
    assert result["problem"] == ""
    assert time.monotonic is before


def test_what_is_printed_is_kept_up_to_a_limit() -> None:
    assert run_check("", "print('x' * 5000)", "pass")["printed"] == "x" * 1000


def test_tests_do_not_see_what_an_earlier_one_left() -> None:
    assert run_check("", "seen = []", "seen.append(1)\nassert seen == [1]")["problem"] == ""
    assert run_check("", "seen = []", "seen.append(2)\nassert seen == [2]")["problem"] == ""


def test_dataclasses_find_their_module() -> None:
    code = "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: 'int'"
    assert run_check("", code, "assert P(1) == P(1)")["problem"] == ""
