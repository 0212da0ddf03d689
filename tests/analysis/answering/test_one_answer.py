from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from analysis.answering import one_answer
from analysis.answering.part_asked import cut_down
from data.domain import (
    Answer,
    Assessment,
    Attempt,
    AttemptResult,
    Evidence,
    Interval,
    KeyPoint,
    Question,
    RehearseError,
    Score,
    SignalFrame,
    Speech,
    Transcript,
    Word,
)
from tests.kept_drafts import KeptDrafts

QUESTION = Question(
    id="shortener",
    category="system_design",
    level="mid",
    title="URL shortener",
    text="Design a URL shortener.",
    topic="storage",
    competencies=("C1", "C4"),
    minutes=5,
    key_points=(KeyPoint("k1", "Asks how many links are made a day.", "What would you ask first?", "C1"),),
)
SAID = "I would ask how many links are made every day before I choose anything"


class Shelf:
    """A keeper that remembers what it was given, in order."""

    def __init__(self) -> None:
        self.kept: list[AttemptResult] = []
        self.started: list[str] = []
        self.drafts = KeptDrafts()
        self.remembered: dict[tuple[str, str], str] = {}
        self.answers = self.memory = self

    def start(self, attempt: object) -> None:
        self.started.append(attempt.id)  # type: ignore[attr-defined]

    def save(self, result: AttemptResult) -> None:
        self.kept.append(result)

    def save_judged(self, result: AttemptResult) -> bool:
        self.kept.append(result)
        return True

    def recall(self, owner: str, key: str) -> str | None:
        return self.remembered.get((owner, key))

    def remember(self, owner: str, key: str, value: str) -> None:
        self.remembered[owner, key] = value

    def forget(self, owner: str, key: str) -> None:
        del self.remembered[owner, key]


class EchoScorer:
    """Level 3 with the first three words as evidence, for whatever it is given."""

    name = "echo"
    version = "1"

    def __init__(self) -> None:
        self.seen: list[Answer] = []

    def score(self, answer: Answer) -> Assessment:
        self.seen.append(answer)
        quote = " ".join(answer.candidate_text.split()[:3])
        evidence = (Evidence(quote, turn=1),)
        return Assessment((Score("C1", 3, "echo", "1", "r1", low=3, high=3, evidence=evidence),))


class BrokenScorer:
    name = "broken"
    version = "1"

    def score(self, answer: Answer) -> Assessment:
        raise RehearseError("The judge could not be reached.", "Check the address in Settings.")


def spoken(text: str = SAID) -> Speech:
    words = tuple(
        Word(word, start_seconds=0.5 * place, end_seconds=0.5 * place + 0.4, confidence=0.9)
        for place, word in enumerate(text.split())
    )
    end = 0.5 * len(words)
    return Speech(Transcript(words, "test", "en"), (Interval(0.0, end),), fillers=(), seconds=end)


def begun(shelf: Shelf, mode: str = "camera") -> Attempt:
    return one_answer.start_answer(
        shelf,
        candidate_id="local",
        session_id="s1",
        question=QUESTION,
        mode=mode,  # type: ignore[arg-type]
        now=datetime(2026, 11, 24, tzinfo=UTC),
    )


def test_an_attempt_is_kept_before_a_word_is_said() -> None:
    shelf = Shelf()
    attempt = begun(shelf)
    assert shelf.started == [attempt.id]
    assert attempt.status == "recording"


def test_words_are_kept_before_they_are_scored() -> None:
    shelf = Shelf()
    result = one_answer.keep_answer(shelf, begun(shelf), QUESTION, spoken())
    assert shelf.kept == [result]
    assert result.attempt.status == "captured"
    assert result.assessment is None
    assert result.turns[1].text == SAID


def test_a_corrected_word_keeps_the_times_of_its_neighbours_and_is_kept_before_scoring() -> None:
    shelf = Shelf()
    result = one_answer.keep_answer(shelf, begun(shelf), QUESTION, spoken())
    scorer = EchoScorer()
    one_answer.score_answer(shelf, result, QUESTION, scorer, SAID.replace("links", "short links"))
    corrected, scored = shelf.kept[1], shelf.kept[2]
    assert corrected.assessment is None
    assert scored.attempt.status == "scored"
    assert "short links" in scorer.seen[0].candidate_text
    before, after = result.turns[1].words, scored.turns[1].words
    assert after[0].start_seconds == before[0].start_seconds
    assert after[-1].end_seconds == before[-1].end_seconds


def test_an_answer_of_a_drill_is_scored_again_against_its_part_of_the_question_only() -> None:
    shelf, scorer = Shelf(), EchoScorer()
    failing = KeyPoint("k2", "Says what a dead cache does to the database.", "What if it dies?", "C4")
    whole = replace(QUESTION, key_points=(*QUESTION.key_points, failing))
    drilled = cut_down(whole, "C4", "Failure modes")
    result = one_answer.keep_answer(shelf, begun(shelf), drilled, spoken())
    once = one_answer.score_answer(shelf, result, whole, scorer, SAID.replace("links", "short links"))
    twice = one_answer.score_answer(shelf, once, whole, scorer, SAID)
    assert [answer.question.key_points for answer in scorer.seen] == [(failing,), (failing,)]
    assert [answer.question.competencies for answer in scorer.seen] == [("C4",), ("C4",)]
    assert once.turns[0].text == twice.turns[0].text == drilled.text
    failed = one_answer.score_answer(shelf, twice, whole, BrokenScorer())
    assert failed.assessment is not None
    assert [score.criterion for score in failed.assessment.scores] == ["C4"]


def test_a_scorer_that_fails_leaves_every_criterion_unscored_with_the_reason() -> None:
    shelf = Shelf()
    result = one_answer.keep_answer(shelf, begun(shelf), QUESTION, spoken())
    scored = one_answer.score_answer(shelf, result, QUESTION, BrokenScorer())
    assert scored.attempt.status == "unscored"
    assert scored.assessment
    assert {score.criterion: score.level for score in scored.assessment.scores} == {"C1": None, "C4": None}
    assert all("could not be reached" in (score.reason or "") for score in scored.assessment.scores)
    assert shelf.kept[-1].turns[1].text == SAID


def test_an_answer_without_words_is_unscored_and_never_reaches_a_scorer() -> None:
    shelf, scorer = Shelf(), EchoScorer()
    silent = Speech(Transcript((), engine="test"), voiced=(), fillers=None, seconds=9.0)
    scored = one_answer.assess(
        one_answer.measure_answer(begun(shelf), QUESTION, silent, ()), QUESTION, scorer
    )
    assert scored.attempt.status == "unscored"
    assert scored.assessment and all(score.level is None for score in scored.assessment.scores)
    assert all("no words" in (score.reason or "") for score in scored.assessment.scores)
    assert scorer.seen == []


def test_a_scorer_never_sees_camera_or_voice() -> None:
    frames = tuple(SignalFrame(seconds=second, face_found=True, gaze="camera") for second in range(7))
    with_camera, without = EchoScorer(), EchoScorer()
    shelf = Shelf()
    attempt = begun(shelf)
    seen = one_answer.measure_answer(attempt, QUESTION, spoken(), frames)
    bare = replace(one_answer.measure_answer(attempt, QUESTION, spoken(), ()), delivery=None)
    first = one_answer.assess(seen, QUESTION, with_camera)
    second = one_answer.assess(bare, QUESTION, without)
    assert with_camera.seen == without.seen
    assert first.assessment == second.assessment
    assert first.advice == second.advice


def test_nothing_about_the_delivery_of_a_typed_answer_is_measured() -> None:
    shelf = Shelf()
    result = one_answer.keep_answer(shelf, begun(shelf, "typed"), QUESTION, one_answer.typed_speech(SAID))
    assert result.delivery is None
    assert result.summaries == ()
    assert all(word.start_seconds is None for word in result.turns[1].words)


def test_a_level_above_one_without_a_quote_does_not_count_whoever_gave_it() -> None:
    class Unquoting:
        name = "unquoting"
        version = "1"

        def score(self, answer: Answer) -> Assessment:
            levels = {"C1": 3.0, "C2": 1.4, "C4": 1.0}
            return Assessment(
                tuple(Score(c, level, "u", "1", "r1", level, 2.2) for c, level in levels.items())
            )

    shelf = Shelf()
    attempt = one_answer.start_answer(
        shelf, candidate_id="me", session_id="s", question=QUESTION, mode="typed"
    )
    result = one_answer.keep_answer(shelf, attempt, QUESTION, one_answer.typed_speech(SAID))
    scored = one_answer.score_answer(shelf, result, QUESTION, Unquoting()).assessment
    assert scored is not None
    assert [(score.level, score.high) for score in scored.scores] == [(None, None), (None, None), (1.0, 1.0)]
    assert all((score.level is None) == (score.reason is not None) for score in scored.scores)
