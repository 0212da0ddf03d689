"""The Study page: filters, ticks that stay, outlines on request, the queue; and a selection as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.next_up.study_list import State, as_csv, as_markdown, matching, reading_list
from data.domain import Misconception, Twist
from data.settings import PROJECT_ROOT
from data.store import Session
from pages.widgets import remembered, resources
from tests.stored import open_store, question, result

PAGE = str(PROJECT_ROOT / "pages" / "study.py")
OUTLINE = "Start with the read path."
BANK = tuple(
    replace(
        question(number),
        outline=OUTLINE,
        reading=("Kleppmann, chapter 5",),
        tags=("cache",) if number % 2 else (),
    )
    for number in range(45)
)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "questions", lambda: BANK)
    monkeypatch.setattr(resources, "candidate_id", lambda: "me")
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    yield opened
    opened.database.close()


def _run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def _open() -> AppTest:
    return _run(AppTest.from_file(PAGE, default_timeout=30))


def _words(page: AppTest) -> str:
    return " ".join(element.value for group in (page.markdown, page.caption, page.info) for element in group)


def _cards(page: AppTest) -> list[str]:
    return [one.label for one in page.expander if one.label.startswith(("**", "✓"))]


@pytest.mark.slow
def test_only_the_first_questions_are_drawn_until_more_are_asked_for(session: Session) -> None:
    page = _open()
    assert "**45 questions**, 0 studied" in _words(page)
    assert len(_cards(page)) == 20
    page.button[-1].click()
    assert len(_cards(_run(page))) == 40


def test_an_outline_is_hidden_until_it_is_asked_for(session: Session) -> None:
    page = _open()
    assert OUTLINE not in _words(page)
    page.toggle(key="outline-question-3").set_value(True)
    assert OUTLINE in _words(_run(page))


RICH = replace(
    BANK[3],
    misconceptions=(
        Misconception("A cache is never wrong.", "It may be stale.", "Since when?", source="Xu"),
    ),
    twist=Twist("ten_times", "Ten times as many by spring."),
    expected={"mid": "Names the store."},
    follow_ups=("And with guests?",),
    examples={"mid": "First I would ask how many.", "senior": "I would begin with the reads."},
    code="one = 1",
)
TOLD = (
    "never wrong",
    "It may be stale.",
    "Xu",
    "Ten times",
    "Names the store",
    "And with guests",
    "I would begin",
)


def test_what_a_strong_answer_says_comes_with_worked_answers_and_wrong_claims(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "questions", lambda: (RICH,))
    page = _open()
    assert [one.value for one in page.code] == ["one = 1"]
    assert [words for words in TOLD if words in _words(page)] == []
    page.toggle(key="outline-question-3").set_value(True)
    assert [words for words in TOLD if words not in _words(_run(page))] == []
    assert [tab.label for tab in page.tabs][0] == "Outline" and len(page.tabs) == 4


def test_a_checklist_to_print_takes_worked_answers_along_only_when_outlines_are_wanted() -> None:
    plain, whole = (as_markdown([RICH], {}, outlines=wanted) for wanted in (False, True))
    assert "      one = 1" in plain
    told = ("never wrong", "It may be stale.", "And with guests?", "I would begin with the reads.")
    assert [words for words in told if words in plain or words not in whole] == []


def test_a_tick_stays_and_can_be_filtered_by(session: Session) -> None:
    page = _open()
    page.checkbox(key="studied-question-3").check()
    assert "**45 questions**, 1 studied" in _words(_run(page))
    again = _open()
    assert again.checkbox(key="studied-question-3").value is True
    again.button_group(key="study-done").set_value(["Studied"])
    assert [card.split("**")[1] for card in _cards(_run(again))] == ["Question 3"]
    again.checkbox(key="studied-question-3").uncheck()
    assert "No question fits" in _words(_run(again))


def test_answered_questions_say_so_and_can_be_left_out(session: Session) -> None:
    kept = result(3)
    session.answers.save(replace(kept, attempt=replace(kept.attempt, question_id="question-3")))
    page = _open()
    assert [card for card in _cards(page) if "answered 1×" in card]
    page.button_group(key="study-done").set_value(["Not answered"])
    assert "**44 questions**" in _words(_run(page))


def test_words_narrow_the_bank(session: Session) -> None:
    page = _open()
    page.text_input(key="study-words").set_value("CACHE question")
    assert "**22 questions**" in _words(_run(page))


def test_a_question_goes_into_the_queue(session: Session) -> None:
    page = _open()
    page.button(key="queue-question-3").click()
    _run(page)
    assert [one.question_id for one in remembered.queue("me")] == ["question-3"]


def test_a_selection_becomes_a_table_without_outlines() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(BANK[:2], {"question-1": State(True, 2)}))))
    assert [(row["id"], row["studied"], row["answers"]) for row in rows] == [
        ("question-0", "no", "0"),
        ("question-1", "yes", "2"),
    ]
    assert OUTLINE not in as_csv(BANK[:2], {})


def test_a_checklist_holds_outlines_only_when_they_are_wanted() -> None:
    states = {"question-1": State(True, 0)}
    plain = as_markdown(BANK[:2], states, outlines=False)
    assert "- [ ] **Question 0**" in plain and "- [x] **Question 1**" in plain
    assert OUTLINE not in plain
    assert as_markdown(BANK[:2], states, outlines=True).count(OUTLINE) == 2
    assert plain.count("Kleppmann, chapter 5") == 1


def test_reading_is_listed_once_with_how_many_questions_point_to_it() -> None:
    assert [(item.what, item.questions) for item in reading_list(BANK[:3])] == [("Kleppmann, chapter 5", 3)]
    assert matching(BANK, "nowhere") == ()
