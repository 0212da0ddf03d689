"""One answer with every part filled in, for tests of keeping and drawing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from data.domain import (
    Advice,
    Assessment,
    Attempt,
    AttemptResult,
    CheckResult,
    Code,
    Delivery,
    Evidence,
    Filler,
    Fix,
    Flag,
    Interval,
    KeyPoint,
    KeyPointResult,
    Question,
    Score,
    SignalEvent,
    SignalFrame,
    SignalSummary,
    Sketch,
    Speech,
    Transcript,
    Turn,
    Word,
    WrongClaim,
)
from data.questions import load_questions
from data.store import Database, Session
from data.store.queries import named_query

BEGAN = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
QUOTE = Evidence("the leader refuses writes", 1, "volunteered", 1.0, 2.5, "C2.3.a")
WORDS = (
    Word("the", 1.0, 1.2, 0.9),
    Word("leader", 1.2, 1.6, None),
    Word("refuses", 1.6, 2.0),
    Word("writes"),
)


@cache
def shipped_questions() -> tuple[Question, ...]:
    """The question bank, read once for each test process."""
    return load_questions()


@cache
def _new_database() -> bytes:
    """A database of the newest schema: making one takes longer than most tests, so each process makes one."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "new.duckdb"
        Database.open(f"duckdb:///{file}").close()
        return file.read_bytes()


def open_store(folder: Path) -> Session:
    """A store of its own in `folder`, with nothing in it."""
    file = folder / "rehearse.duckdb"
    put_new_database(file)
    return Database.open(f"duckdb:///{file}").session()


def put_new_database(file: Path) -> None:
    """Make a database with nothing in it."""
    file.write_bytes(_new_database())


def attempt(number: int = 1, candidate: str = "me", days: int = 0, status: str = "scored") -> Attempt:
    """An attempt on camera; `days` after the first one."""
    began = Attempt(
        id=f"{candidate}-{number:032d}",
        candidate_id=candidate,
        session_id=f"{candidate}-session-{number}",
        question_id="url-shortener",
        started_at=BEGAN + timedelta(days=days),
        mode="camera",
        status="scored",
        recording=f"{candidate}-{number:032d}.mp4",
        question_end_seconds=0.5,
    )
    return began if status == "scored" else replace(began, status="recording")


def score(
    level: float | None = 3.0, criterion: str = "C2", scorer: str = "plain", version: str = "1"
) -> Score:
    """A score with a quote, or one that could not be given."""
    if level is None:
        return Score(criterion, None, scorer, version, "r1", reason="The answer did not touch this.")
    return Score(
        criterion,
        level,
        scorer,
        version,
        "r1",
        max(1, level - 1),
        min(4, level + 1),
        None,
        (QUOTE,),
        "RPO",
        (WrongClaim("the leader refuses", "It serves reads.", "x"),),
        "y",
    )


def result(
    number: int = 1,
    *scores: Score,
    candidate: str = "me",
    days: int = 0,
    text: str = "the leader refuses writes",
) -> AttemptResult:
    """An answer with all that can be known about it."""
    point = KeyPoint("k1", "Says what happens in a partition.", "What happens in a partition?", "C2")
    frames = tuple(
        SignalFrame(float(second), True, "camera", None, 1.0, -2.0, 0.5, None, 0.02, 0.1, 0.03, 0.04)
        for second in range(30)
    )
    return AttemptResult(
        attempt=attempt(number, candidate, days),
        turns=(
            Turn(0, "interviewer", "Design it."),
            Turn(1, "candidate", text, WORDS, "volunteered", 1.0, 2.5),
        ),
        speech=Speech(
            Transcript(WORDS, "faster-whisper base", "en"),
            (Interval(1.0, 2.5), Interval(3.5, 9.0)),
            (Filler("um", 2.5, 2.8, "filled_pause"), Filler("you know", 4.0, 4.4, "verbal")),
            30.0,
            ("The microphone was quiet.",),
        ),
        delivery=Delivery(20.0, 52, 130.0, 160.0, 6, 1, 2.0, 0.2, 3.0, None, 1.5),
        frames=frames,
        summaries=(
            SignalSummary("eye_contact_camera", 0.6, "share", 0.95),
            SignalSummary("slouch", None, "shoulder widths", 0.0, "no upright baseline"),
        ),
        events=(SignalEvent("leaning in", 3.0, 6.0, "Move the chair back by a hand."),),
        assessment=Assessment(
            scores or (score(), score(None, "C4")),
            (
                KeyPointResult(point, "covered", QUOTE),
                KeyPointResult(replace(point, id="k2"), "missed"),
            ),
            (
                Flag("happy_path_only", "No failure was named.", QUOTE),
                Flag("ends_at_diagram", "Nothing.", None, "end"),
            ),
            ("The transcript is short.",),
        ),
        advice=Advice(
            ("You named the guarantee.",),
            (Fix("Failure", "Say it.", QUOTE), Fix("Scale", "Count.")),
            "Retry.",
        ),
        notes=("No face was found at first.",),
        code=Code(
            "Python",
            "def add(a, b):\n    return a + b\n",
            (
                CheckResult("adds", "passed", False, 0.01),
                CheckResult("nothing", "not_run", True, None, "stopped"),
            ),
        ),
        sketch=Sketch("flowchart LR\n  client --> api"),
        challenged=(1,),
    )


def heard(number: int = 1, *, candidate: str = "me", days: int = 0, version: str = "1") -> AttemptResult:
    """The same answer as the reader has read it: two of four points, and one that cannot be told."""
    points = (
        KeyPointResult(KeyPoint("h1", "Names the partition.", "", "C2"), "covered", QUOTE),
        KeyPointResult(KeyPoint("h2", "Says who decides.", "", "C2"), "covered", QUOTE),
        KeyPointResult(KeyPoint("h3", "Says what reads see.", "", "C2"), "missed"),
        KeyPointResult(KeyPoint("h4", "Says what breaks.", "", "C4"), "missed"),
        KeyPointResult(KeyPoint("h5", "Says what heals.", "", "C4"), "cannot_tell"),
    )
    read = Assessment(
        (), points, (), ("It compares words.",), scorer="reader", scorer_version=version, rubric_version="r1"
    )
    return replace(result(number, candidate=candidate, days=days), assessment=read)


def question(number: int = 1, category: str = "system_design", level: str = "senior") -> Question:
    """A question with two key points."""
    points = tuple(
        KeyPoint(f"k{place}", f"Key point number {place} of the answer.", "What about it?", competency)
        for place, competency in enumerate(("C1", "C2", "C4", "C6"))
    )
    return Question(
        f"question-{number}",
        category,
        level,
        f"Question {number}",
        "Design a URL shortener.",
        "urls",
        ("C1", "C2", "C4", "C6"),
        5.0,
        points,
    )


def given_to(name: str, **known: object) -> dict[str, object]:
    """Values for all parameters of a named query: the known ones, something plausible for the others."""
    usual: dict[str, object] = {
        "candidate_id": "me",
        "cohort_id": "sample-cohort",
        "question_id": "question-1",
    }
    usual |= {"scorer": "plain", "scorer_version": "1", "rubric_version": "r1", "criterion": "C2"}
    usual |= {"zone": "Pacific/Auckland", "period": "week"}
    usual |= {"since": BEGAN - timedelta(days=90), "member_id": "me", "synthetic": True}
    return {parameter: known.get(parameter, usual[parameter]) for parameter in named_query(name).parameters}
