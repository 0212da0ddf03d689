"""Exams of judges as they are kept, and that the levels of a judge count only when it passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pandas import DataFrame
from sqlalchemy import insert

from data.access import NOBODY, Viewer
from data.domain import ModelExam, RehearseError
from data.store import Session, cohort_tables, query_names
from data.store.queries import SQL_FOLDER, named_query
from tests.data.test_published_figures import FRIENDS, Room
from tests.stored import BEGAN, question, result, score

EXAM = ModelExam(
    scorer="judge",
    scorer_version="1",
    rubric_version="r1",
    model="large",
    place="127.0.0.1:8080",
    taken_at=BEGAN,
    figures={"qwk": 0.91, "qwk_interval": [0.85, 0.96], "points": {"said": {"heard": 3}}},
    passed=True,
)
LEVELS = ("competency_recent", "competency_trend", "scorers", "self_rating")
OF_COHORTS = (
    "all_cohorts",
    "all_cohorts_scorers",
    "cohort_competencies",
    "cohort_levels",
    "cohort_questions",
    "cohort_scorers",
    "cohort_standings",
    "cohort_weak_points",
)
WITHOUT_LEVELS = {"cohort_heard", "cohort_overrides", "coverage_trend"}
"""Asks for a scorer's version, and gives levels of people only, or none."""


@pytest.fixture
def session(session: Session) -> Session:
    session.bank.keep([replace(question(), id="url-shortener")])
    return session


def test_an_exam_is_found_as_it_was_kept(session: Session) -> None:
    session.exams.keep(EXAM)
    assert session.exams.all() == (EXAM,)
    assert session.exams.of("1", "r1") == EXAM
    assert session.exams.of("2", "r1") is None


def test_a_newer_exam_of_the_same_version_stands_in_its_place(session: Session) -> None:
    worse = replace(EXAM, taken_at=BEGAN + timedelta(days=1), passed=False, figures={"qwk": 0.2})
    other = replace(EXAM, scorer_version="2", taken_at=BEGAN + timedelta(days=2))
    for exam in (EXAM, worse, other):
        session.exams.keep(exam)
    assert session.exams.all() == (other, worse)
    assert not session.exams.passed("1", "r1")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (Viewer("me", "local"), True),
        (Viewer("ada", "admin"), True),
        (Viewer("ines", "instructor"), False),
        (Viewer("anna", "candidate"), False),
        (NOBODY, False),
    ],
)
def test_only_who_configures_the_server_keeps_an_exam_and_everybody_reads_it(
    session: Session, who: Viewer, may: bool
) -> None:
    session.exams.keep(EXAM)
    exams = session.seen_by(who).exams
    if may:
        exams.keep(EXAM)
    else:
        with pytest.raises(RehearseError, match="administrator"):
            exams.keep(EXAM)
    assert exams.passed("1", "r1")


def test_a_judge_counts_when_this_very_version_passed_by_this_very_rubric(session: Session) -> None:
    exams = session.exams
    assert exams.standing("plain", "1", "r1") == "counts"
    assert exams.standing("judge", "1", "r1") == "not examined"
    exams.keep(EXAM)
    assert exams.standing("judge", "1", "r1") == "counts"
    assert exams.standing("judge", "2", "r1") == "not examined"
    assert exams.standing("judge", "1", "r2") == "not examined"
    exams.keep(replace(EXAM, passed=False))
    assert exams.standing("judge", "1", "r1") == "did not pass"


def test_erasing_everything_of_a_person_leaves_exams_which_are_of_nobody(session: Session) -> None:
    session.exams.keep(EXAM)
    session.everything.erase("me")
    assert session.exams.all() == (EXAM,)


@pytest.mark.parametrize("name", LEVELS)
def test_levels_of_a_retired_scorer_are_kept_and_count_nowhere(session: Session, name: str) -> None:
    session.answers.save(result(1, score(2.0, scorer="offline")))
    session.answers.rate(result(1).attempt.id, {"C2": 2.0})
    session.exams.keep(replace(EXAM, scorer="offline"))
    assert session.query(name, candidate_id="me").empty
    assert session.exams.standing("offline", "1", "r1") == "retired scorer"
    (kept,) = session.answers.assessments(result(1).attempt.id)
    assert [one.scorer for one in kept.scores] == ["offline"]


@pytest.mark.slow
@pytest.mark.parametrize("name", LEVELS)
def test_levels_of_a_judge_count_for_a_candidate_only_when_it_passed(session: Session, name: str) -> None:
    session.answers.save(result(1, score(2.0, scorer="judge")))
    session.answers.rate(result(1).attempt.id, {"C2": 2.0})
    assert session.query(name, candidate_id="me").empty
    session.exams.keep(replace(EXAM, passed=False))
    assert session.query(name, candidate_id="me").empty
    for other in (replace(EXAM, scorer_version="2"), replace(EXAM, rubric_version="r2")):
        session.exams.keep(other)
    assert session.query(name, candidate_id="me").empty
    session.exams.keep(EXAM)
    assert session.query(name, candidate_id="me")["scorer"].tolist() == ["judge"]


@pytest.mark.slow
def test_levels_of_a_judge_count_for_a_cohort_only_when_it_passed(session: Session) -> None:
    room = levels_of(session, "judge")
    as_judge = {"scorer": "judge", "scorer_version": "1", "rubric_version": "r1"}
    member = room.own(FRIENDS[0])
    before = {name: len(asked(room, name, as_judge)) for name in OF_COHORTS}
    assert before == dict.fromkeys(OF_COHORTS, 0)
    assert asked(room, "cohort_answers", as_judge, member)["level"].isna().all()
    session.exams.keep(EXAM)
    after = {name: len(asked(room, name, as_judge)) for name in OF_COHORTS}
    assert {name for name, rows in after.items() if not rows} == set()
    assert asked(room, "cohort_answers", as_judge, member)["level"].tolist() == [4.0] * 3


@pytest.mark.slow
def test_levels_of_a_retired_scorer_are_in_no_figure_of_a_cohort(session: Session) -> None:
    room = levels_of(session, "offline")
    as_retired = {"scorer": "offline", "scorer_version": "1", "rubric_version": "r1"}
    assert {name: len(asked(room, name, as_retired)) for name in OF_COHORTS} == dict.fromkeys(OF_COHORTS, 0)
    member = room.own(FRIENDS[0])
    assert asked(room, "cohort_answers", as_retired, member)["level"].isna().all()


def test_every_query_that_knows_a_scorers_version_asks_whether_its_levels_count() -> None:
    texts = {name: (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8") for name in query_names()}
    versioned = {name for name, text in texts.items() if "scorer_version" in text}
    assert {name for name in versioned if "counted(" not in texts[name]} == WITHOUT_LEVELS
    assert "counted(" not in "".join(named_query(name).sql for name in query_names())


def levels_of(session: Session, scorer: str) -> Room:
    """A room in which this scorer gave everybody three levels."""
    room = Room(session, FRIENDS)
    for person in FRIENDS:
        known(room, person)
        for number in (1, 2, 3):
            session.answers.save(result(number, score(4.0, scorer=scorer), candidate=room.own(person)))
    room.publish()
    return room


def known(room: Room, person: str) -> None:
    row = {
        "candidate_id": room.own(person),
        "issuer": "i",
        "subject": person,
        "name": person,
        "email": person,
    }
    with room.session.database.writing() as connection:
        connection.execute(insert(cohort_tables.people), {**row, "role": "candidate", "joined_at": BEGAN})


def asked(room: Room, name: str, scorer: dict[str, str], member: str = "") -> DataFrame:
    needed = named_query(name).parameters
    everything = {"cohort_id": room.id, "synthetic": False, "since": BEGAN - timedelta(days=99), **scorer}
    everything["member_id"] = member
    looking = room.instructor if named_query(name).scope != "admin" else Viewer("ada", "admin")
    given = {key: value for key, value in everything.items() if key in needed}
    return room.session.seen_by(looking).query(name, **given)
