"""Every named query: runs on DuckDB, says whose rows it reads, and gives what its header promises."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from data.access import LOCAL, Viewer
from data.domain import ModelExam, RehearseError
from data.store import Session, query_names
from data.store.queries import SQL_FOLDER, named_query
from tests.stored import BEGAN, QUOTE, heard, question, result, score

pytestmark = pytest.mark.slow

OF_CANDIDATE = [name for name in query_names() if named_query(name).scope == "candidate"]


@pytest.mark.parametrize("name", OF_CANDIDATE)
def test_it_runs_on_an_empty_database_and_on_a_full_one(session: Session, name: str) -> None:
    columns = list(session.query(name, candidate_id="me").columns)
    session.bank.keep([question(1)])
    session.answers.save_many([result(1), result(2, days=1), heard(3)])
    session.answers.rate(result().attempt.id, {"C2": 2.0})
    full = session.query(name, candidate_id="me")
    assert list(full.columns) == columns
    assert len(full) > 0


@pytest.mark.parametrize("name", OF_CANDIDATE)
def test_it_never_gives_rows_of_somebody_else(session: Session, name: str) -> None:
    session.answers.save_many(
        [result(candidate="anna"), heard(2, candidate="anna"), result(candidate="boris", days=3)]
    )
    session.answers.rate(result(candidate="boris").attempt.id, {"C2": 2.0})
    before = session.query(name, candidate_id="anna")
    session.answers.save_many([result(2, score(1.0), candidate="boris", days=9), heard(3, candidate="boris")])
    assert session.query(name, candidate_id="anna").equals(before)
    assert "boris" not in before.to_csv()


@pytest.mark.parametrize("name", query_names())
def test_it_says_whose_rows_it_reads_and_binds_every_value(name: str) -> None:
    query = named_query(name)
    assert query.scope in ("candidate", "cohort", "org", "admin")
    assert (query.scope == "candidate") == ("candidate_id" in query.parameters)
    text = (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    assert text.startswith("-- ")
    for trick in ("{", "}", "%s", "::", ";", "read_csv", "pragma"):
        assert trick not in query.sql.lower()


@pytest.mark.parametrize("name", ["../migrations/env", "nothing", "", "a; DROP TABLE attempts"])
def test_a_query_that_does_not_exist_is_refused(session: Session, name: str) -> None:
    with pytest.raises(RehearseError, match="no query"):
        session.query(name, candidate_id="me")


def test_missing_and_surplus_parameters_are_refused(session: Session) -> None:
    with pytest.raises(RehearseError, match="needs candidate_id"):
        session.query("sessions")
    with pytest.raises(RehearseError, match="nothing else"):
        session.query("sessions", candidate_id="me", cohort="x")


def test_a_value_is_never_read_as_sql(session: Session) -> None:
    session.answers.save(result())
    assert session.query("sessions", candidate_id="x' OR '1'='1").empty
    assert len(session.answers.of("me")) == 1


def test_a_candidate_cannot_ask_for_another(session: Session) -> None:
    with pytest.raises(RehearseError, match="may not see"):
        session.seen_by(Viewer("boris")).query("sessions", candidate_id="anna")


def test_trends_leave_out_unscored_answers(session: Session) -> None:
    session.answers.save_many([result(1, score(3.0)), result(2, score(None), days=1)])
    for period in ("session", "week"):
        trend = session.query("competency_trend", candidate_id="me", period=period)
        assert trend[["level", "n"]].to_numpy().tolist() == [[3.0, 1]], period
    assert session.query("competency_recent", candidate_id="me")["answers"].tolist() == [1]


def test_trends_never_mix_scorers_versions_or_rubrics(session: Session) -> None:
    session.answers.save(result(1, score(1.0, scorer="plain")))
    session.answers.save(result(1, score(2.0, scorer="judge")))
    session.answers.save(result(1, score(3.0, scorer="judge", version="2")))
    session.answers.save(result(1, replace(score(4.0, scorer="judge", version="2"), rubric_version="r2")))
    for version, rubric in (("1", "r1"), ("2", "r1"), ("2", "r2")):
        session.exams.keep(ModelExam("judge", version, rubric, "m", "here", BEGAN, {}, passed=True))
    asked = (("competency_trend", "session"), ("competency_trend", "week"), ("competency_recent", None))
    for name, period in asked:
        rows = session.query(name, candidate_id="me", **({"period": period} if period else {}))
        found = rows[["scorer", "scorer_version", "rubric_version", "level", "n"]].to_numpy().tolist()
        assert sorted(found) == [
            ["judge", "1", "r1", 2.0, 1],
            ["judge", "2", "r1", 3.0, 1],
            ["judge", "2", "r2", 4.0, 1],
            ["plain", "1", "r1", 1.0, 1],
        ], (name, period)


def test_a_session_is_one_point_with_the_median_and_the_range_of_its_answers(session: Session) -> None:
    answers = [result(number, score(level)) for number, level in ((1, 1.0), (2, 2.0), (3, 4.0))]
    session.answers.save_many([replace(r, attempt=replace(r.attempt, session_id="one")) for r in answers])
    row = session.query("competency_trend", candidate_id="me").iloc[0]
    assert (row["level"], row["low"], row["high"], row["n"]) == (2.0, 1.0, 4.0, 3)


def test_a_week_is_one_point_that_says_how_many_sessions_are_in_it(session: Session) -> None:
    session.answers.save_many([result(1, score(1.0)), result(2, score(4.0), days=1)])
    by_week = session.query("competency_trend", candidate_id="me", period="week")
    assert by_week["session_id"].isna().all()
    assert by_week["started_at"].dt.day_of_week.tolist() == [0] * len(by_week)
    assert by_week["n"].sum() == by_week["sessions"].sum() == 2
    by_session = session.query("competency_trend", candidate_id="me", period="session")
    assert by_session["sessions"].tolist() == [1] * 2


def test_where_one_stands_is_the_median_of_the_last_three(session: Session) -> None:
    levels = (4.0, 1.0, 2.0, 3.0)
    session.answers.save_many(
        [result(number, score(level), days=number) for number, level in enumerate(levels)]
    )
    row = session.query("competency_recent", candidate_id="me").iloc[0]
    assert (row["level"], row["low"], row["high"], row["n"], row["answers"]) == (2.0, 1.0, 3.0, 3, 4)


def test_unmeasured_signals_are_left_out_and_coverage_is_kept(session: Session) -> None:
    session.answers.save(result())
    signals = session.query("signal_trend", candidate_id="me")
    assert signals[["name", "value", "coverage"]].to_numpy().tolist() == [["eye_contact_camera", 0.6, 0.95]]
    assert "verbal_fillers_per_minute" not in set(session.query("delivery_trend", candidate_id="me")["name"])


def test_coverage_counts_questions_once_however_often_they_were_answered(session: Session) -> None:
    session.bank.keep([question(1), question(2), question(3, level="mid")])
    answers = [result(number) for number in (1, 2)]
    session.answers.save_many(
        [replace(r, attempt=replace(r.attempt, question_id="question-1")) for r in answers]
    )
    cells = session.query("bank_coverage", candidate_id="me")
    found = cells[["level", "questions", "answered", "answers"]].to_numpy().tolist()
    assert sorted(found) == [["mid", 1, 0, 0], ["senior", 2, 1, 2]]


def test_sessions_name_their_questions_in_order(session: Session) -> None:
    session.bank.keep([question(1), question(2)])
    answers = [result(number, days=number) for number in (1, 2)]
    session.answers.save_many(
        [
            replace(r, attempt=replace(r.attempt, session_id="one", question_id=f"question-{number}"))
            for number, r in enumerate(answers, start=1)
        ]
    )
    row = session.query("sessions", candidate_id="me").iloc[0]
    assert (row["answers"], row["scored"], row["seconds"]) == (2, 2, 60.0)
    assert row["questions"] == "Question 1 · Question 2"


def test_the_list_of_questions_is_written_once_whoever_asks(session: Session) -> None:
    written: list[str] = []

    @event.listens_for(session.database.engine, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("DELETE", "INSERT", "COPY")):
            written.append(statement)

    for viewer in (LOCAL, Viewer("ada", "instructor"), Viewer("carl", "candidate")):
        session.seen_by(viewer).bank.keep([question(1)])
    assert len(written) == 2
    session.bank.keep([question(1), question(2)])
    assert len(written) > 2


def test_coverage_is_what_was_heard_of_what_can_be_told_with_own_marks_apart(session: Session) -> None:
    session.answers.save_many([heard(1), result(2, days=1)])
    session.answers.mark_own(heard(1).attempt.id, "h1", QUOTE)
    session.answers.mark_own(heard(1).attempt.id, "h3", QUOTE)
    for period in ("session", "week"):
        rows = session.query("coverage_trend", candidate_id="me", period=period).set_index("competency")
        counts = rows[["told", "heard", "own", "n"]].astype(int)
        assert dict(zip(counts.index, counts.to_numpy().tolist(), strict=True)) == {
            "C2": [3, 2, 1, 1],
            "C4": [1, 0, 0, 1],
            "all": [4, 2, 1, 1],
        }
        assert rows[["heard_share", "own_share", "low", "high"]].to_numpy()[-1].tolist() == [
            0.5,
            0.25,
            0.5,
            0.5,
        ]
        assert rows["heard_share"].isna().tolist() == [False, True, False], "one point is no share"


def test_coverage_of_a_week_is_of_all_its_points_and_never_of_two_versions(session: Session) -> None:
    session.answers.save_many([heard(1), heard(2, days=1), heard(3, days=1, version="2")])
    rows = session.query("coverage_trend", candidate_id="me", period="week")
    every = rows[rows["competency"] == "C4"].sort_values("scorer_version")
    assert every["told"].tolist() == [2, 1]
    assert every["sessions"].tolist() == [2, 1]
    assert session.query("scorers", candidate_id="me").empty, "what was heard is no level"
