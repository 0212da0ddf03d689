"""No cell of a file that leaves the app is run by a spreadsheet program, whoever wrote the text in it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cohorts.gradebook import Layout, gradebook
from analysis.next_up.study_list import as_csv
from data.domain.cohort import Assignment, Person
from data.safe_csv import safe_cell, safe_csv, safe_records
from tests.drawn_text import csv_writers
from tests.stored import question

FORMULA = '=HYPERLINK("http://x.example","A")'
NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        FORMULA,
        "+1+cmd",
        "-2+3+cmd",
        "@SUM(A1)",
        " =1",
        "\uff1d1+1",
        "\u200b=1",
        "-",
        "+49 170 1",
        '"=1',
    ],
)
def test_a_text_that_would_run_has_an_apostrophe_before_it(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zoe;=cmd|' /C calc'!A0", "Zoe;'=cmd|' /C calc'!A0"),
        ("Zoe\t=1+1", "Zoe\t'=1+1"),
        ("x;+1+1;@SUM(A1)", "x;'+1+1;'@SUM(A1)"),
        ("one\n- two", "one\n'- two"),
        ('b;"=1', "b;'\"=1"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("a; b;-5", "a; b;'-5"),
    ],
)
def test_no_part_of_a_text_runs_where_another_sign_separates_cells(text: str, expected: str) -> None:
    assert safe_cell(text) == expected


@pytest.mark.slow
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@given(st.text(alphabet="a1=+-@;,\t\n\"' ", max_size=12))
def test_no_cell_runs_whatever_separates_cells(separator: str, text: str) -> None:
    made = safe_csv(pd.DataFrame({"who": [text, "b"], "note": [f"b;{text}", text], "n": [1, 2]}))
    for row in csv.reader(io.StringIO(made, newline=""), delimiter=separator):
        assert not any(runs(cell) for cell in row), (row, made)


def runs(cell: str) -> bool:
    """A number stays one; with the comma and quote of the next cell behind it, it is no formula either."""
    number = re.match(r"[+-]?\d+(?:[.,]\d+)?\s*(?:$|\"?,\")", cell.strip())
    return cell.strip()[:1] in {"=", "+", "-", "@"} and not number


@pytest.mark.parametrize("value", ["Ada", "a=b", "-5", "+3.5", "-1e9", "", None, -5, 2.5, True])
def test_everything_else_stays_as_it_is(value: object) -> None:
    assert safe_cell(value) == value


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


@given(st.text(max_size=30))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    made = cells(safe_csv(pd.DataFrame({text: [text], "n": [1.5]})))
    assert not any(cell.strip().startswith(("=", "@")) for cell in made)


def test_a_table_keeps_its_numbers_and_leaves_empty_what_is_missing() -> None:
    frame = pd.DataFrame({"n": [-1, 2], "mean": [None, 2.5], "who": ["a", None]})
    assert safe_csv(frame) == '"n","mean","who"\r\n-1,"","a"\r\n2,2.5,""\r\n'


def test_records_take_the_columns_in_their_order() -> None:
    assert safe_records(("a", "b"), [{"b": "=1"}]) == '"a","b"\r\n"","\'=1"\r\n'


@pytest.mark.parametrize("layout", ["Canvas", "Moodle"])
def test_a_members_name_is_no_formula_in_a_gradebook(layout: Layout) -> None:
    people = {"p": Person("p", FORMULA, FORMULA, "candidate", NOW)}
    assignment = Assignment("12345678-0", "c", FORMULA, ("a",), 1, None, NOW, NOW)
    done = pd.DataFrame([{"assignment_id": assignment.id, "candidate_id": "p", "answered": 1}])
    made = cells(safe_csv(gradebook(done, people, (assignment,), "@cohort", layout)))
    assert not any(cell.startswith(("=", "@", "+", "-")) for cell in made)
    assert not any(re.search(r"\(\d+\)$", cell) for cell in made), "looks like a column of Canvas itself"


def test_a_question_of_ones_own_is_no_formula_in_the_table_to_study_from() -> None:
    made = cells(as_csv([replace(question(1), title=FORMULA, text="@x")], {}))
    assert not any(cell.startswith(("=", "@")) for cell in made)


@pytest.mark.parametrize(
    "line",
    ["frame.to_csv()", "csv.writer(out)", "csv.DictWriter(out, a)", "from csv import writer\nwriter(a)"],
)
def test_the_check_finds_other_writers(line: str) -> None:
    assert csv_writers(line)
