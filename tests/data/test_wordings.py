"""Examples of what people say about key points: read by point, and true to the bank."""

from collections import Counter
from pathlib import Path

import pytest

from data.domain import RehearseError
from data.wordings import FOLDER, KINDS, Wording, wordings, wordings_of
from tests.stored import shipped_questions

LEAST = {"said": 2, "plain": 3, "wrong": 3, "related": 1}


def test_lines_belong_to_the_key_point_above_them(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text(
        "= A point.\nsaid So we do it.\nwrong We do not.\n= Another.\n", "utf-8"
    )
    assert wordings("mine", tmp_path) == {
        "A point.": (Wording("said", "So we do it."), Wording("wrong", "We do not.")),
        "Another.": (),
    }


@pytest.mark.parametrize("name", ["none", "", "../mine", "a/b"])
def test_a_question_without_examples_has_none(tmp_path: Path, name: str) -> None:
    assert wordings(name, tmp_path) == {}


@pytest.mark.parametrize(
    "line", ["said before any point", "= A point.\nloud Something.", "= A point.\nsaid "]
)
def test_a_line_that_is_no_wording_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "mine.txt").write_text(line, "utf-8")
    with pytest.raises(RehearseError, match=r"Line \d of mine\.txt"):
        wordings("mine", tmp_path)


def test_a_key_point_edited_a_little_keeps_its_examples_and_another_has_none() -> None:
    point = next(iter(wordings("url-shortener")))
    assert wordings_of("url-shortener", point) == wordings("url-shortener")[point]
    edited = point.replace("Asks before designing", "Asks, before designing,")
    assert edited != point and wordings_of("url-shortener", edited) == wordings_of("url-shortener", point)
    assert wordings_of("url-shortener", "Something else is asked for here altogether.") == ()


def test_every_example_shipped_belongs_to_a_key_point_as_it_is_worded_today() -> None:
    points = {one.id: [point.text for point in one.key_points] for one in shipped_questions()}
    files = sorted(FOLDER.glob("*.txt"))
    assert files
    for file in files:
        assert list(wordings(file.stem)) == points[file.stem], f"{file.name} is of other key points"


def test_every_key_point_with_examples_has_enough_of_each_kind() -> None:
    for file in sorted(FOLDER.glob("*.txt")):
        for point, lines in wordings(file.stem).items():
            counts = Counter(one.kind for one in lines)
            short = {kind: counts[kind] for kind in KINDS if counts[kind] < LEAST[kind]}
            assert not short, f"{file.name}: {point} has only {short}"


def test_no_example_is_on_both_sides() -> None:
    for file in sorted(FOLDER.glob("*.txt")):
        for point, lines in wordings(file.stem).items():
            said = Counter(one.text for one in lines)
            assert max(said.values()) == 1, f"{file.name}: {point}"
