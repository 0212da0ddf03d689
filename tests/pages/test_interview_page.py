"""The Interview page: a plan that can be changed, what was left unfinished, and the report at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.interview.keeping.kept_interview import Interview, noted, to_kept, with_written
from analysis.interview.keeping.rounds import attempt_of, keep_round, score_round
from analysis.interview.listener.understood import Heard
from analysis.interview.loop.events import Begin, Command, Event, Listened, Said, Worded
from analysis.interview.loop.state import begin_state
from analysis.interview.loop.step import step
from analysis.interview.planning.plan import Plan, share_time
from analysis.scoring.reader import ReaderScorer
from analysis.scoring.scorers import make_scorer
from data.domain import Attempt, Misconception, QuestionSet
from data.settings import PROJECT_ROOT, load_settings
from data.store import Session
from pages.widgets import resources
from pages.widgets.plain import plain
from tests.stored import open_store, shipped_questions

BANK = {question.id: question for question in shipped_questions()}
SAID = (
    "The replicas apply changes asynchronously, so a read sent to a replica shortly after the write "
    "can return the value from before it. I would read from the primary for a while after each write."
)
Open = Callable[..., AppTest]


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    settings = load_settings({"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}, tmp_path / "none.toml")
    scorer = make_scorer("reader", settings)
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "bank", lambda: tuple(BANK.values()))
    monkeypatch.setattr(resources, "scorers", lambda: (scorer,))
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    resources.interviews.clear()
    yield opened
    resources.interviews().close()
    resources.interviews.clear()
    opened.database.close()


def opened(**query: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "interview.py"), default_timeout=60)
    page.query_params.update(query)
    page.run()
    assert not page.exception
    return page


def titles(page: AppTest) -> list[str]:
    """The questions of the plan on screen."""
    lines = [one.value for one in page.markdown]
    return [line.strip("*").split(". ", 1)[1] for line in lines if line[:3] in ("**1", "**2", "**3")]


def shown(page: AppTest) -> str:
    parts = (page.markdown, page.caption, page.info, page.warning, page.subheader)
    return "\n".join(str(one.value) for part in parts for one in part)


def press(page: AppTest, label: str) -> AppTest:
    next(one for one in page.button if one.label == label).click()
    page.run()
    assert not page.exception
    return page


def test_a_full_plan_has_three_rounds_two_of_them_on_architecture(session: Session) -> None:
    page = opened()
    found = titles(page)
    assert len(found) == 3
    by_title = {question.title: question.category for question in BANK.values()}
    architecture = {"system_design", "distributed_systems", "data_infrastructure"}
    assert sum(by_title[title] in architecture for title in found) >= 2


def test_a_question_can_be_swapped_and_taken_out(session: Session) -> None:
    page = opened()
    first = titles(page)
    page = press(page, "Swap")
    assert titles(page)[0] != first[0] and titles(page)[1:] == first[1:]
    page = press(page, "Remove")
    assert titles(page) == first[1:]


def answered(question_id: str, days: int) -> Attempt:
    at = datetime.now(UTC) - timedelta(days=days)
    return Attempt(f"{question_id}-{days}", "local", "s", question_id, at, "typed", "scored")


@pytest.mark.slow
def test_what_was_answered_in_the_last_two_weeks_is_not_planned(session: Session) -> None:
    designs = [one for one in BANK.values() if one.category == "system_design"]
    for question in designs[1:]:
        session.answers.start(answered(question.id, 3))
    session.answers.start(answered(designs[0].id, 20))
    assert designs[0].title in titles(opened())
    session.answers.start(answered(designs[0].id, 1))
    assert "too few system design questions" in shown(opened()).lower() or opened().warning


def test_an_own_set_can_be_chosen(session: Session) -> None:
    ids = ["url-shortener", "distributed-replica-lag", "lru-cache"]
    now = datetime(2026, 11, 24, tzinfo=UTC)
    session.sets.save(QuestionSet("s", "local", "For one job", "picked", now, "\n".join(ids)))
    page = opened()
    source = next(one for one in page.selectbox if one.label == "Questions from")
    source.select("s").run()
    assert sorted(titles(page)) == sorted(BANK[one].title for one in ids)


def played(session: Session, *, ended: bool) -> Interview:
    """A typed interview of two questions, the first one answered and probed."""
    questions = (BANK["distributed-replica-lag"], BANK["url-shortener"])
    state = begin_state(Plan(share_time(questions, 10), 10.0), spoken=False)
    made = Interview("i", "local", "typed", datetime(2026, 11, 24, tzinfo=UTC), state)
    events: list[Event] = [Begin(), Said(SAID, 30.0, done=True), Listened(Heard(SAID, fresh_words=9), 31.0)]
    events += [Worded("What do people see?", 31.0), Said("Errors for a while.", 60.0)]
    if ended:
        events += [Command("end", 61.0), Said("", 61.0, done=True)]
    for event in events:
        made = noted(made, step(made.state, event).state, 0.0)
    session.answers.start(attempt_of(made, 0))
    if ended:
        result = keep_round(session, made, 0, attempt_of(made, 0))
        score_round(session, made, 0, result, resources.scorers()[0])
        made = with_written(made, 0)
    session.interviews.save(to_kept(made))
    return made


@pytest.mark.slow
def test_an_interview_that_was_left_is_offered_and_what_was_said_is_scored(session: Session) -> None:
    made = played(session, ended=False)
    page = opened()
    assert "Not finished" in shown(page)
    resources.interviews().close()
    result = session.answers.load(made.rounds[0].attempt_id)
    assert result and result.attempt.status == "scored"
    assert result.turns[1].text == SAID


@pytest.mark.slow
def test_the_report_asks_for_an_own_rating_first_and_then_quotes(session: Session) -> None:
    made = played(session, ended=True)
    page = opened(interview=made.id)
    assert "how would you rate your answers" in shown(page)
    assert "level" not in "".join(str(one.value) for one in page.table)
    page = press(page, "Skip and show it")
    text = shown(page)
    assert "The interviewer asked on once." in text
    assert "Retry this question" in text
    assert "Open in Review" in text


@pytest.mark.slow
def test_the_report_of_answers_that_were_only_read_says_what_was_heard_and_gives_no_level(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "scorers", lambda: (ReaderScorer(),))
    made = played(session, ended=True)
    page = press(opened(interview=made.id), "Skip and show it")
    (told,) = [table.value.to_csv() for table in page.table if "What was heard" in table.value.columns]
    assert "key points heard" in told
    text = shown(page)
    assert "not whether they are right; no level" in text
    assert "No answer was long enough" not in text and "Levels 1 to 4" not in text
    found = session.answers.load(made.rounds[0].attempt_id)
    assert found and found.assessment
    heard = [one.key_point.text for one in found.assessment.key_points if one.status == "covered"]
    assert [point for point in heard if f"**heard** · {plain(point)}" not in text] == []


@pytest.mark.slow
def test_the_report_names_who_gave_levels_and_no_judge_that_was_never_asked(session: Session) -> None:
    made = played(session, ended=True)
    session.interviews.save(to_kept(replace(made, scorer="judge")))
    text = shown(press(opened(interview=made.id), "Skip and show it"))
    assert "read by the reader, no levels" in text
    assert "by judge" not in text


@pytest.mark.slow
def test_the_report_says_against_which_level_and_which_claims_are_worth_looking_up(session: Session) -> None:
    made = played(session, ended=True)
    known = Misconception(
        "it is never behind", "A replica may be behind.", "What then?", source="A book, chapter 5"
    )
    question = replace(
        made.question(0), misconceptions=(known,), expected={"senior": "Names the cost of waiting unasked."}
    )
    first = replace(made.state.plan.rounds[0], question=question)
    plan = replace(made.state.plan, rounds=(first, *made.state.plan.rounds[1:]), level="senior")
    dialogues = (replace(made.state.dialogues[0], challenged=(0, 7)), *made.state.dialogues[1:])
    first_lines = (made.rounds[0].lines[0], replace(made.rounds[0].lines[1], move="ten_times"))
    rounds = (replace(made.rounds[0], lines=first_lines),)
    state = replace(made.state, plan=plan, dialogues=dialogues)
    session.interviews.save(to_kept(replace(made, state=state, rounds=rounds)))
    text = shown(press(opened(interview=made.id), "Skip and show it"))
    assert "held against senior" in text
    assert "Names the cost of waiting unasked." in text
    assert "A replica may be behind. (A book, chapter 5)" in text
    assert "**Made harder:** What do people see?" in text


@pytest.mark.slow
def test_the_report_of_an_earlier_interview_is_found_again(session: Session) -> None:
    played(session, ended=True)
    page = opened()
    report = next(one for one in page.button if one.label.startswith("Report of 24 Nov 2026"))
    report.click()
    page.run()
    assert "how would you rate your answers" in shown(page)


@pytest.mark.slow
def test_an_interview_of_somebody_else_is_not_shown(session: Session) -> None:
    made = played(session, ended=True)
    session.interviews.save(replace(to_kept(made), id="other", candidate_id="somebody"))
    page = opened(interview="other")
    assert [error.value for error in page.error] == ["Start a new one below."]
