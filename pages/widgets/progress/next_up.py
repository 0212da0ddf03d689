"""What to practise next: the own queue first, then suggestions, each with its reason and a link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import streamlit as st

from analysis.next_up import progress_sentences
from analysis.next_up.own_list import Planned, moved_up, still_open, with_question, without_question
from analysis.next_up.suggestions import Choice, Seen, Wish, choose_next, spacing_days
from analysis.scoring.coverage import FEWEST_POINTS
from data.domain import Question
from pages.widgets import clock, question_filter, remembered, resources, way_on
from pages.widgets.plain import plain


def show(person: str) -> None:
    """Draw this week's practice, role, date and aim, the queue, and at most three suggestions."""
    with st.container(border=True):
        st.subheader("What next")
        week = st.empty()
        wish = remembered.edit_wish(person)
        week.caption(plain(this_week(person, wish)))
        seen = _seen(person)
        queued = _queue(person, seen)
        _suggest(person, seen, wish, queued)


def this_week(person: str, wish: Wish) -> str:
    """What was practised this week, against the own aim, and how far away the interview is."""
    weeks = clock.rows_about("time_practised", person)
    said = progress_sentences.this_week(weeks, clock.today(), remembered.aim(person))
    return said + _until(wish, clock.today())


def first(person: str, wish: Wish) -> Choice | None:
    """What to practise first: the head of the own queue, else the first suggestion."""
    seen = _seen(person)
    for question in _planned(person, seen).values():
        return Choice(question, "First in your queue.")
    passed, today = remembered.passed_over(person), clock.today()
    chosen = choose_next(resources.questions(), seen, levels(person), wish, today, passed, heard(person))
    return chosen[0] if chosen else None


def facts(question: Question) -> str:
    """Category, role and minutes of a question."""
    return f"{question_filter.title(question.category)}, {question.level}, {question.minutes:g} min."


def _seen(person: str) -> list[Seen]:
    history = clock.rows_about("question_history", person).to_dict("records")
    return [Seen(row["question_id"], int(row["answers"]), row["last_at"].date()) for row in history]


def _planned(person: str, seen: list[Seen]) -> dict[Planned, Question]:
    """The candidate's own list in its order, as far as it is open and there."""
    bank = {question.id: question for question in resources.questions()}
    kept = still_open(remembered.queue(person), seen)
    return {one: bank[one.question_id] for one in kept if one.question_id in bank}


def _until(wish: Wish, today: date) -> str:
    if wish.interview_on is None or wish.interview_on < today:
        return ""
    days = (wish.interview_on - today).days
    if days < 2:
        return f" Interview {'tomorrow' if days else 'today'}."
    return f" {days} days to the interview: repeats come every {spacing_days(today, wish.interview_on)} days."


def _queue(person: str, seen: list[Seen]) -> frozenset[str]:
    """Draw the candidate's own list, if there is one; the questions in it."""
    planned = _planned(person, seen)
    if planned:
        st.markdown("**Your queue**")
    for place, (one, question) in enumerate(planned.items()):
        with _line(question, ""):
            if place and st.button("Up", key=f"up-{question.id}", type="tertiary"):
                remembered.keep_queue(person, moved_up(tuple(planned), one.question_id))
                st.rerun()
            if st.button("Remove", key=f"remove-{question.id}", type="tertiary"):
                remembered.keep_queue(person, without_question(planned, one.question_id))
                st.rerun()
    return frozenset(one.question_id for one in planned)


def _suggest(person: str, seen: list[Seen], wish: Wish, queued: frozenset[str]) -> None:
    passed = remembered.passed_over(person)
    out = passed | queued
    chosen = choose_next(resources.questions(), seen, levels(person), wish, clock.today(), out, heard(person))
    if queued and chosen:
        st.markdown("**Suggested**")
    for choice in chosen:
        question = choice.question
        with _line(question, choice.why):
            if st.button("Into my queue", key=f"queue-{question.id}", type="tertiary"):
                remembered.keep_queue(
                    person, with_question(remembered.queue(person), question.id, clock.today())
                )
                st.rerun()
            if st.button("Not this one", key=f"pass-{question.id}", type="tertiary"):
                remembered.pass_over(person, question.id)
                st.rerun()
    if not chosen:
        st.caption("Every question of the bank has been answered lately.")
    if passed and st.button(f"Offer the {len(passed)} passed-over again", type="tertiary"):
        remembered.offer_again(person)
        st.rerun()


@contextmanager
def _line(question: Question, why: str) -> Iterator[None]:
    """One question with its link and reason; the buttons drawn inside stand beside it."""
    said, buttons = st.columns([5, 2], vertical_alignment="center")
    with said:
        way_on.show("pages/practice.py", question.title, strong=True, question=question.id)
        st.caption(plain(f"{why} {facts(question)}"))
    with buttons, st.container(horizontal=True, horizontal_alignment="right"):
        yield


def levels(person: str) -> dict[str, float]:
    """Where each competency stands, by the scorer used last."""
    used = progress_sentences.scorers_used(clock.rows_about("scorers", person))[:1]
    recent = progress_sentences.only(clock.rows_about("competency_recent", person), used)
    return {row["criterion"]: float(row["level"]) for row in recent.to_dict("records")}


def heard(person: str) -> dict[str, float]:
    """The share of key points heard by competency; looked at only where nothing has a level."""
    return progress_sentences.heard_shares(clock.rows_about("coverage_trend", person), FEWEST_POINTS)
