"""The Progress page: empty, with the sample, with one answer, and with a database that cannot be opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.domain import ModelExam, Question
from data.settings import PROJECT_ROOT
from data.store import Database, Session
from data.synthetic.samples import SampleAnswers
from pages.widgets import resources
from tests.drawn_text import as_read
from tests.stored import BEGAN, QUOTE, heard, open_store, question, result, score

PAGE = str(PROJECT_ROOT / "pages" / "progress.py")


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    asked: tuple[Question, ...] = tuple(question(number) for number in range(6))
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "questions", lambda: asked)
    monkeypatch.setattr(resources, "candidate_id", lambda: "me")
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    yield opened
    opened.database.close()


def _open() -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30).run()
    assert not page.exception
    return page


def _charts(page: AppTest) -> int:
    return len(page.get("plotly_chart"))


def _words(page: AppTest) -> str:
    parts = (page.markdown, page.caption, page.info, page.error)
    return as_read(" ".join(element.value for group in parts for element in group))


def _click(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def _section(page: AppTest, name: str) -> AppTest:
    page.button_group(key="section").set_value(name).run()
    assert not page.exception
    return page


def test_an_empty_page_offers_practice_and_the_sample(session: Session) -> None:
    page = _open()
    assert "Nothing to show yet" in _words(page)
    assert "Practise a question (pages/practice.py)" in _words(page)
    assert [button.label for button in page.button] == ["Load the sample data"]
    assert _charts(page) == 0


@pytest.mark.slow
def test_the_sample_is_loaded_labelled_and_removed_with_one_click_each(session: Session) -> None:
    page = _click(_open(), "Load the sample data")
    assert "Synthetic sample" in _words(page)
    assert "never mixed with yours" in _words(page)
    assert "Scored by synthetic 1" in _words(page)
    assert _charts(page) >= 4
    page = _section(page, "Heard")
    assert _charts(page) >= 2 and "Of the key points that can be told" in _words(page)
    page = _click(page, "Remove the sample data")
    assert "Nothing to show yet" in _words(page)
    assert not SampleAnswers(session.database, session.viewer).is_there()


def test_ones_own_first_answer_is_a_point_with_its_scorer_named(session: Session) -> None:
    session.answers.save(result())
    page = _open()
    assert "Scored by plain 1 (rubric r1)" in _words(page)
    assert "Level 3 from 1 answer: too few to say more." in _words(page)
    assert "Synthetic" not in _words(page)
    assert _charts(page) == 1


@pytest.mark.slow
def test_with_sample_and_own_answers_one_chooses_and_own_comes_first(session: Session) -> None:
    session.answers.save(result())
    SampleAnswers(session.database, session.viewer).load(resources.questions())
    page = _open()
    assert "Scored by plain 1" in _words(page)
    page.button_group[0].set_value("Synthetic sample").run()
    assert not page.exception
    assert "Scored by synthetic 1" in _words(page)


@pytest.mark.slow
def test_every_section_draws(session: Session) -> None:
    session.answers.save_many([result(1), result(2, days=7)])
    page = _open()
    for section, least in (("Delivery", 6), ("Camera", 1), ("Practice", 2)):
        page = _section(page, section)
        assert _charts(page) >= least, section
    assert len(page.dataframe) == 1


@pytest.mark.slow
def test_a_card_with_nothing_to_draw_says_so_in_words(session: Session) -> None:
    session.answers.save(result())
    page = _section(_open(), "Own ratings")
    assert "Nothing rated yet. Rate an answer on Review before its levels are shown." in _words(page)
    assert _charts(page) == 0


@pytest.mark.slow
def test_typed_answers_only_say_why_nothing_was_measured(session: Session) -> None:
    from dataclasses import replace

    session.answers.save(replace(result(), speech=None, delivery=None, frames=(), summaries=(), events=()))
    page = _section(_open(), "Delivery")
    assert "No spoken answer was measured yet." in _words(page)
    page = _section(page, "Camera")
    assert "No answer on camera was measured yet." in _words(page)


def test_an_answer_that_could_not_be_scored_is_no_point(session: Session) -> None:
    session.answers.save(result(1, score(None)))
    page = _open()
    assert "No answer has a level that counts yet" in _words(page)
    assert _charts(page) == 0


@pytest.mark.slow
def test_two_scorers_are_never_mixed_and_the_latest_is_shown(session: Session) -> None:
    session.answers.save(result(1, score(1.0, scorer="plain")))
    session.answers.save(result(1, score(4.0, scorer="judge")))
    session.exams.keep(ModelExam("judge", "1", "r1", "m", "here", BEGAN, {}, passed=True))
    page = _open()
    assert "Scored by judge 1" in _words(page)
    assert "Level 4 from 1 answer" in _words(page)
    assert "Level 1 from" not in _words(page)


def test_a_database_that_cannot_be_opened_is_said_in_plain_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        resources, "session", lambda: Database.open("duckdb:////proc/rehearse/rehearse.duckdb").session()
    )
    page = _open()
    assert "Check the path in DATABASE_URL" in _words(page)


@pytest.mark.slow
def test_without_levels_the_page_shows_what_was_heard_and_tells_own_marks_apart(session: Session) -> None:
    session.answers.save_many([heard(1), heard(2, days=7)])
    session.answers.mark_own(heard(2).attempt.id, "h3", QUOTE)
    page = _open()
    assert "Latest: 2 of 4 heard, 1 more marked by yourself (1 answer)." in _words(page)
    assert "Latest: 0 of 1 heard (1 answer)." in _words(page)
    assert "What was heard is no level" in _words(page)
    assert _charts(page) == 2, "no share of one point"
    assert "No answer has a level that counts yet" in _words(_section(page, "Levels"))


@pytest.mark.slow
def test_levels_and_what_was_heard_are_sections_of_their_own(session: Session) -> None:
    session.answers.save_many([result(1), heard(2, days=7)])
    page = _open()
    assert "Scored by plain 1" in _words(page) and "Latest: 2 of 4 heard" not in _words(page)
    page = _section(page, "Heard")
    assert "Latest: 2 of 4 heard" in _words(page) and "Level 3" not in _words(page)


@pytest.mark.slow
def test_what_is_next_goes_by_what_was_heard_where_nothing_has_a_level(session: Session) -> None:
    session.answers.save_many([heard(number, days=number) for number in (1, 2, 3)])
    assert "Failure modes: 0% of its key points were heard, the fewest" in _words(_open())
