"""Every view of the instructors' pages over many cohorts of 250 candidates with 100 answers each.

    python -m bench.cohorts              40 cohorts, 1,000,000 answers
    python -m bench.cohorts 10000000 FILE   another size, in a file that is kept for the next run

Cold: the first time in a process that has just opened the file. Warm: the median of the next seven. The floor
is the same figure from the answers themselves, without roll-ups. Everything is synthetic.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import md5
from pathlib import Path

import duckdb

from bench.store import milliseconds
from data.access import Viewer
from data.domain import AttemptResult
from data.questions import load_questions
from data.settings import PROJECT_ROOT
from data.store import Database, Session, rollups
from data.synthetic import Plan, synthetic_results

ANSWERS, EACH, IN_COHORT = 1_000_000, 100, 250
COHORT = md5(b"cohort-7").hexdigest()
"""Ids differ in their first eight bytes, as real ones do: that is what DuckDB skips rows by."""
_ROWS = Path(__file__).with_name("cohorts_rows.sql")
_SCORER: dict[str, object] = {"scorer": "synthetic", "scorer_version": "1", "rubric_version": "r1"}
_NOW = datetime(2026, 11, 21)
_OF_COHORT: dict[str, object] = {"cohort_id": COHORT}
_OVERRIDES: dict[str, object] = {**_OF_COHORT, "scorer": "synthetic", "scorer_version": "1"}
VIEWS: dict[str, tuple[tuple[str, dict[str, object]], ...]] = {
    "this week": (
        ("cohort_activity", {**_OF_COHORT, "since": _NOW - timedelta(days=7)}),
        ("cohort_standings", {**_OF_COHORT, **_SCORER}),
        ("cohort_completion", {**_OF_COHORT, "since": datetime(2026, 11, 1)}),
        ("cohort_dismissals", _OF_COHORT),
    ),
    "readiness": (("cohort_standings", {**_OF_COHORT, **_SCORER}), ("cohort_coverage", _OF_COHORT)),
    "weak points": (
        ("cohort_levels", {**_OF_COHORT, **_SCORER, "since": _NOW - timedelta(weeks=8)}),
        ("cohort_weak_points", {**_OF_COHORT, **_SCORER}),
    ),
    "delivery": (("cohort_delivery", _OF_COHORT),),
    "questions": (("cohort_questions", {**_OF_COHORT, **_SCORER}), ("cohort_overrides", _OVERRIDES)),
    "compare": (
        ("cohort_levels", {**_OF_COHORT, **_SCORER, "since": _NOW - timedelta(weeks=520)}),
        ("all_cohorts", {**_SCORER, "synthetic": True}),
    ),
    "all cohorts": (
        ("all_cohorts_week", {"synthetic": True, "since": datetime(2026, 11, 16)}),
        ("all_cohorts_scorers", {"synthetic": True}),
        ("all_cohorts", {**_SCORER, "synthetic": True}),
    ),
    "answers of one": (("cohort_answers", {**_OF_COHORT, **_SCORER, "member_id": "?"}),),
}
_FROM_ANSWERS = {
    "readiness": """
        SELECT scores.candidate_id, criterion, median(level) FROM (
            SELECT scores.candidate_id, criterion, level, row_number() OVER (
                PARTITION BY scores.candidate_id, criterion ORDER BY started_at DESC) AS recency
            FROM members JOIN attempts USING (candidate_id) JOIN scores ON attempt_id = attempts.id
            WHERE cohort_id = ? AND level IS NOT NULL) AS scores
        WHERE recency <= 3 GROUP BY ALL""",
    "all cohorts": """
        SELECT cohort_id, criterion, median(level) FROM (
            SELECT cohort_id, scores.candidate_id, criterion, level, row_number() OVER (
                PARTITION BY scores.candidate_id, criterion ORDER BY started_at DESC) AS recency
            FROM members JOIN attempts USING (candidate_id) JOIN scores ON attempt_id = attempts.id
            WHERE level IS NOT NULL) AS scores
        WHERE recency <= 3 GROUP BY ALL""",
    "weak points": """
        SELECT criterion, date_trunc('week', started_at), round(level), count(*)
        FROM members JOIN attempts USING (candidate_id) JOIN scores ON attempt_id = attempts.id
        WHERE cohort_id = ? GROUP BY ALL""",
    "questions": """
        SELECT question_id, avg(level), stddev(level)
        FROM members JOIN attempts USING (candidate_id) JOIN scores ON attempt_id = attempts.id
        WHERE cohort_id = ? GROUP BY ALL""",
}


def make(file: Path, answers: int) -> float:
    """Fill a database made by the migrations; seconds that making all roll-ups took."""
    Database.open(f"duckdb:///{file}").close()
    candidates = max(IN_COHORT * 8, answers // EACH)
    with duckdb.connect(str(file)) as connection:
        sizes = {"answers": answers, "candidates": candidates, "cohorts": candidates // IN_COHORT}
        connection.execute(_ROWS.read_text().format(**sizes))
    session = Database.open(f"duckdb:///{file}").session()
    began = time.perf_counter()
    with session.database.writing() as connection:
        rollups.rebuild(connection)
    taken = time.perf_counter() - began
    session.database.close()
    return taken


def look(session: Session, view: str) -> None:
    """Run all queries of one view."""
    for name, given in VIEWS[view]:
        if given.get("member_id") == "?":
            people = session.query("cohort_activity", cohort_id=COHORT, since=_NOW)
            given = {**given, "member_id": people["candidate_id"].iloc[3]}
        session.query(name, **given)


def cold(file: str, view: str) -> None:
    """One view in a process that has just opened the file; prints milliseconds."""
    session = _opened(file)
    session.query("cohort_dismissals", cohort_id=COHORT)  # pandas is loaded before any page is drawn
    began = time.perf_counter()
    look(session, view)
    print(1000 * (time.perf_counter() - began))


def _opened(file: str) -> Session:
    return Database.open(f"duckdb:///{file}").session(Viewer("bench", "admin", frozenset({COHORT})))


def measure(answers: int, kept: Path | None = None) -> None:
    """Print one row a view, then what keeping the roll-ups costs a writer.

    `kept` is a file that is made when it is not there and stays: making one is the slowest part.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = kept or Path(folder) / "bench.duckdb"
        size = f"{answers:,} answers in {max(8, answers // EACH // IN_COHORT)} cohorts"
        if not file.exists():
            print(f"| {size}: all roll-ups made again | {make(file, answers):.1f} s | | |", flush=True)
        first = {view: _in_a_new_process(file, view) for view in VIEWS}
        session = _opened(str(file))
        for view in VIEWS:
            warm = milliseconds(lambda view=view: look(session, view))  # type: ignore[misc]
            taken = f"{first[view]:.0f} ms cold, {warm:.0f} ms warm"
            print(f"| {size}: {view} | {taken} | {_floor(view, session)} | |", flush=True)
        _write(session, size)
        session.database.close()


def _in_a_new_process(file: Path, view: str) -> float:
    command = [sys.executable, "-m", "bench.cohorts", "cold", str(file), view]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _floor(view: str, session: Session) -> str:
    if view not in _FROM_ANSWERS:
        return ""
    sql = _FROM_ANSWERS[view]
    given = (COHORT,) if "?" in sql else ()
    with session.database.reading() as connection:
        taken = milliseconds(lambda: connection.exec_driver_sql(sql, given).all(), 3)
    return f"from the answers {taken:.0f} ms"


def _write(session: Session, size: str) -> None:
    questions = load_questions(PROJECT_ROOT / "questions.csv")
    made = next(r for r in synthetic_results(Plan("nobody"), questions) if r.frames)
    people = session.query("cohort_activity", cohort_id=COHORT, since=_NOW)
    who = str(people["candidate_id"].iloc[0])
    outside, inside = made, replace_owner(made, who)
    for told, result in (("of nobody's cohort", outside), ("of a member, roll-ups kept", inside)):
        owner = session.seen_by(Viewer(result.attempt.candidate_id))
        taken = milliseconds(lambda owner=owner, result=result: owner.answers.save(result), 3)  # type: ignore[misc]
        print(f"| {size}: save an answer {told} | {taken:.0f} ms | | |", flush=True)


def replace_owner(result: AttemptResult, owner: str) -> AttemptResult:
    """The same answer as somebody else's, to a question that others have answered too."""
    attempt = replace(result.attempt, id="new-answer", candidate_id=owner, question_id="question-1")
    return replace(result, attempt=attempt)


if __name__ == "__main__":
    if sys.argv[1:2] == ["cold"]:
        cold(sys.argv[2], sys.argv[3])
    else:
        wanted = int(sys.argv[1]) if len(sys.argv) > 1 else ANSWERS
        measure(wanted, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
