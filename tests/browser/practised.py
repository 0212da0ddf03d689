"""A candidate who has practised: scored answers to one question, the first ones with a recording."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from analysis.answering import one_answer
from analysis.scoring import Scorer
from analysis.scoring.scorers import make_scorer
from data.domain import (
    Answer,
    Assessment,
    Attempt,
    AttemptResult,
    Evidence,
    Filler,
    Gaze,
    Interval,
    Question,
    Score,
    SignalFrame,
    Speech,
    Transcript,
    Word,
)
from data.questions import load_questions
from data.settings import load_settings
from data.store import Database, Session
from tests.media import recording

QUESTION = "url-shortener"
ANSWER = (
    "Before I choose anything, what matters most: how many links per day, and how fast must a "
    "redirect be? I assume one hundred million new links a month, so about forty writes per second on "
    "average and a peak of four hundred, with one hundred reads for every write. Five years of links "
    "at five hundred bytes is three terabytes, times three for replication. So one primary with "
    "replicas would hold it, but I shard by the hash of the key, because the read peak of forty "
    "thousand per second decides it. The write path goes from a load balancer to a stateless service "
    "that takes a range of ids from a counter service and encodes it in base sixty-two. The read path "
    "asks a cache first and then a replica. I choose a key-value store over a relational database, "
    "because every access is by key, and I pay for it with no joins for analytics. If the cache "
    "cluster dies, the replicas would be overloaded, so each node keeps a small local cache and "
    "requests are limited. If a primary dies, a follower is promoted within thirty seconds; new links "
    "are refused meanwhile, and redirects still work. A retry uses exponential backoff with jitter, "
    "so that a retry storm does not finish the database. I watch the share of redirects under fifty "
    "milliseconds, alert when it is below ninety-nine point nine percent for five minutes, and roll "
    "out to one percent first with an automatic rollback. "
)
STEP_SECONDS = 0.35
SECONDS = 95.0


def words(text: str = ANSWER) -> tuple[Word, ...]:
    """The words at an even pace, beginning after one second."""
    return tuple(
        Word(word, 1 + place * STEP_SECONDS, 1 + (place + 0.9) * STEP_SECONDS, 0.9)
        for place, word in enumerate(text.split())
    )


def spoken(text: str = ANSWER) -> Speech:
    """The answer as if it had been listened to: two stretches of speech and two fillers."""
    timed = words(text)
    end = timed[-1].end_seconds or 0.0
    return Speech(
        Transcript(timed, "spoken by a script", "en"),
        (Interval(1.0, end / 2), Interval(end / 2 + 0.8, end)),
        (Filler("um", 5.0, 5.3, "filled_pause"), Filler("you know", 30.0, 30.6, "verbal")),
        max(end, SECONDS),
    )


def looked() -> tuple[SignalFrame, ...]:
    """A person who looks at the lens, and down to the screen in between."""
    gaze: tuple[Gaze, ...] = ("camera", "camera", "camera", "down")
    return tuple(
        SignalFrame(
            float(second), True, gaze[second // 4 % 4], None, 2.0, -3.0, 0.5, 1.0, 0.02, 0.05, 0.03, 0.04
        )
        for second in range(int(SECONDS))
    )


def asked(question_id: str = QUESTION) -> Question:
    """A question of the bank that ships."""
    bank = load_questions(load_settings({}).questions_path)
    return next(question for question in bank if question.id == question_id)


class LevelThree:
    """Gives level 3 in every competency and hears points as the reader does."""

    name = "level three"
    version = "1"

    def score(self, answer: Answer) -> Assessment:
        """The reader's points, and the levels."""
        read = make_scorer("reader").score(answer)
        begin = ANSWER.split().index("links") - 2
        first, last = words()[begin], words()[begin + 4]
        said = Evidence(
            "how many links per day", 1, "volunteered", first.start_seconds or 0.0, last.end_seconds or 0.0
        )
        scores = tuple(
            Score(one, 3.0, self.name, self.version, "r1", low=2.5, high=3.5, evidence=(said,))
            for one in answer.question.competencies
        )
        return Assessment(scores, read.key_points)


def fill(
    folder: Path,
    answers: int = 2,
    recorded: int = 1,
    rated: bool = False,
    candidate: str = "local",
    levels: bool = False,
    address: str = "",
) -> tuple[AttemptResult, ...]:
    """Put answers, a day apart, into the database of `folder`; the oldest first. Read, or with `levels`.

    `address`: another database than the one in `folder`.
    """
    scorer = LevelThree() if levels else make_scorer("reader")
    session = Database.open(address or f"duckdb:///{folder}/rehearse.duckdb").session()
    try:
        return tuple(
            _put(session, folder, number, answers, number < recorded, rated, candidate, scorer)
            for number in range(answers)
        )
    finally:
        session.database.close()


def _put(
    session: Session,
    folder: Path,
    number: int,
    answers: int,
    recorded: bool,
    rated: bool,
    candidate: str,
    scorer: Scorer,
) -> AttemptResult:
    question = asked()
    attempt = Attempt(
        id=f"practised-{number}",
        candidate_id=candidate,
        session_id=f"session-{number}",
        question_id=question.id,
        started_at=datetime.now(UTC) - timedelta(days=answers - number),
        mode="camera",
        status="recording",
        recording=_film(folder, number) if recorded else None,
        question_end_seconds=0.0,
    )
    text = ANSWER if number % 2 == 0 else ANSWER.split("If a primary dies")[0]
    kept = one_answer.keep_answer(session, attempt, question, spoken(text), looked())
    scored = one_answer.score_answer(session, kept, question, scorer)
    if rated:
        session.answers.rate(attempt.id, {"C1": 2.0, "C4": 3.0})
    return scored


def _film(folder: Path, number: int) -> str:
    (folder / "recordings").mkdir(exist_ok=True)
    name = f"practised-{number}.mp4"
    recording(folder / "recordings" / name, SECONDS, fps=5, size=(320, 240), text=ANSWER[:400])
    return name
