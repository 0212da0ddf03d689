"""Judging on its own thread: seen, stopped, gone on with; a failure costs nothing that was there before."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analysis.answering import one_answer
from analysis.live.cut_off import asked_of
from analysis.live.judging_jobs import Job, Jobs
from analysis.llm.chat_model import ChatModel, forget_servers
from analysis.llm.reply_cache import FileCache
from analysis.scoring.judge import JudgeScorer
from data.domain import Answer, Assessment, AttemptResult, Dispute, Evidence, RehearseError, Score
from data.questions import question_by_id
from data.store import Session
from tests.fake_endpoint import (
    Asked,
    Behaviour,
    FakeEndpoint,
    Said,
    answer_text,
    only,
    slow,
    status,
    strong_answer,
)
from tests.stored import open_store, shipped_questions

pytestmark = pytest.mark.slow

QUESTION = question_by_id(shipped_questions(), "url-shortener")


class OneLevel:
    """A scorer that finds level 2 everywhere."""

    name = "plain"
    version = "1"

    def score(self, answer: Answer) -> Assessment:
        quote = Evidence(" ".join(answer.candidate_text.split()[:4]), turn=1)
        return Assessment((Score("C4", 2.0, self.name, self.version, "r1", 2.0, 2.0, evidence=(quote,)),))


class Held:
    """A behaviour that lets `free` questions through and holds the others until it is let go."""

    def __init__(self, free: int = 0) -> None:
        self.free = free
        self.waiting = threading.Event()
        self.go = threading.Event()

    def __call__(self, asked: Asked) -> Said | None:
        if asked.number >= self.free:
            self.waiting.set()
            assert self.go.wait(20)
        return None


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_store(tmp_path)
    yield opened
    opened.database.close()


@pytest.fixture
def judged_by(tmp_path: Path) -> Callable[..., tuple[JudgeScorer, FakeEndpoint]]:
    def make(*behaviours: Behaviour) -> tuple[JudgeScorer, FakeEndpoint]:
        forget_servers()
        endpoint = FakeEndpoint(*behaviours)
        cache = FileCache(tmp_path / "replies")
        chat_model = ChatModel("http://judge.test/v1", "k", "m", 1, transport=endpoint.transport, cache=cache)
        chat_model.wait = lambda seconds, cancel: None
        return JudgeScorer(chat_model), endpoint

    return make


Judging = Callable[..., tuple[JudgeScorer, FakeEndpoint]]


def answered(session: Session, text: str = "", scored: bool = False) -> AttemptResult:
    attempt = one_answer.start_answer(
        session, candidate_id="me", session_id="s", question=QUESTION, mode="typed"
    )
    speech = one_answer.typed_speech(text or strong_answer(3))
    result = one_answer.keep_answer(session, attempt, QUESTION, speech)
    return one_answer.score_answer(session, result, QUESTION, OneLevel()) if scored else result


def ended(job: Job, seconds: float = 20.0) -> Job:
    until(lambda: job.state != "running", seconds)
    return job


def until(is_so: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def scorers(session: Session, result: AttemptResult) -> list[str]:
    found = session.answers.assessments(result.attempt.id)
    return [one.scores[0].scorer for one in found if one.scores]


def disputed(session: Session, result: AttemptResult, reason: str = "I named two failures.") -> Dispute:
    assert result.assessment is not None
    first = next(score for score in result.assessment.scores if score.criterion == "C4")
    return session.disagreements.dispute(result.attempt.id, first, reason)


def test_the_levels_are_saved_beside_those_of_another_scorer_with_what_it_cost(
    session: Session, judged_by: Judging
) -> None:
    judge, endpoint = judged_by()
    result = answered(session, scored=True)
    job = ended(Jobs().score(session, result, QUESTION, judge))
    assert (job.state, job.problem) == ("done", None)
    assert scorers(session, result) == ["judge", "plain"]
    kept = session.answers.load(result.attempt.id)
    assert kept is not None and kept.assessment is not None and kept.advice is not None
    assert f"Judge: {len(endpoint.asked)} calls" in kept.assessment.notes[-1]


def test_what_is_heard_is_kept_beside_a_judges_levels_once(session: Session, judged_by: Judging) -> None:
    judge, _ = judged_by()
    result = answered(session)
    for _ in range(2):
        ended(Jobs().score(session, result, QUESTION, judge))
    judged, read = session.answers.assessments(result.attempt.id)
    assert (judged.scores[0].scorer, read.scorer, read.scores) == ("judge", "reader", ())
    assert [one.key_point.id for one in read.key_points] == [point.id for point in QUESTION.key_points]


def test_another_tab_finds_the_job_and_how_far_it_is(session: Session, judged_by: Judging) -> None:
    held = Held(free=3)
    judge, _ = judged_by(held)
    jobs, result = Jobs(), answered(session)
    jobs.score(session, result, QUESTION, judge)
    assert held.waiting.wait(20)
    found = jobs.of(result.attempt.id)
    assert found is not None
    assert (found.state, found.watch.settled) == ("running", 3)
    assert found.watch.questions == 3 + 1 + 1, "three groups, the false claims, what to do next"
    assert found.watch.meter.total.calls == 3
    held.go.set()
    assert ended(found).watch.settled == found.watch.questions


def test_starting_twice_runs_once(session: Session, judged_by: Judging) -> None:
    held = Held()
    judge, _ = judged_by(held)
    jobs, result = Jobs(), answered(session)
    first = jobs.score(session, result, QUESTION, judge)
    assert jobs.score(session, result, QUESTION, judge) is first
    held.go.set()
    ended(first)


def test_stopping_is_immediate_leaves_the_levels_and_starting_again_asks_only_for_the_rest(
    session: Session, judged_by: Judging
) -> None:
    held = Held(free=4)
    judge, endpoint = judged_by(held)
    jobs, result = Jobs(), answered(session, scored=True)
    job = jobs.score(session, result, QUESTION, judge)
    assert held.waiting.wait(20)
    jobs.stop(result.attempt.id)
    assert job.state == "stopped"
    held.go.set()
    until(lambda: judge.estimate(one_answer.answer_of(result, QUESTION)).kept == 4)
    assert scorers(session, result) == ["plain"]
    asked = len(endpoint.asked)
    again = ended(jobs.score(session, result, QUESTION, judge))
    assert again.state == "done"
    assert len(endpoint.asked) == asked + again.watch.questions - 4
    assert again.watch.meter.total.cached == 4
    assert scorers(session, result) == ["judge", "plain"]


def test_when_its_model_is_disconnected_every_job_stops_and_is_not_gone_on_with(
    session: Session, judged_by: Judging
) -> None:
    held = Held(free=4)
    judge, _ = judged_by(held)
    jobs, result = Jobs(), answered(session)
    job = jobs.score(session, result, QUESTION, judge)
    assert held.waiting.wait(20)
    jobs.stop_all()
    assert job.state == "stopped"
    assert Jobs().cut_off(session, result.attempt.candidate_id) == {}
    held.go.set()
    until(lambda: judge.estimate(one_answer.answer_of(result, QUESTION)).kept >= 4)


@pytest.mark.parametrize("behaviour", [status(500), status(401), slow])
def test_a_judge_that_fails_leaves_the_earlier_levels_and_says_why(
    session: Session, judged_by: Judging, behaviour: Behaviour
) -> None:
    judge, _ = judged_by(behaviour)
    result = answered(session, scored=True)
    job = ended(Jobs().score(session, result, QUESTION, judge))
    assert job.state == "failed"
    assert job.problem is not None and job.problem.remedy
    assert scorers(session, result) == ["plain"]


def test_a_judge_that_fails_on_a_first_scoring_leaves_it_unscored_with_the_reason(
    session: Session, judged_by: Judging
) -> None:
    judge, _ = judged_by(status(500))
    result = answered(session)
    assert ended(Jobs().score(session, result, QUESTION, judge)).state == "done"
    kept = session.answers.load(result.attempt.id)
    assert kept is not None and kept.assessment is not None
    assert kept.attempt.status == "unscored"
    assert all("could not be reached" in (score.reason or "") for score in kept.assessment.scores)


def test_a_judge_that_fails_on_one_criterion_is_kept_with_the_others(
    session: Session, judged_by: Judging
) -> None:
    judge, _ = judged_by(only("C3", status(404)))
    result = answered(session, scored=True)
    assert ended(Jobs().score(session, result, QUESTION, judge)).state == "done"
    levels = {
        score.criterion: score.level for score in session.answers.assessments(result.attempt.id)[0].scores
    }
    assert levels["C3"] is None
    assert levels["C4"] == 3


@pytest.mark.parametrize("told", [True, False])
def test_an_answer_erased_meanwhile_stays_erased(
    session: Session, judged_by: Judging, tmp_path: Path, told: bool
) -> None:
    held = Held(free=2)
    judge, _ = judged_by(held)
    jobs, result = Jobs(), answered(session)
    job = jobs.score(session, result, QUESTION, judge)
    assert held.waiting.wait(20)
    if told:
        jobs.drop(result.attempt.id)
        judge.forget(one_answer.answer_of(result, QUESTION))
    session.answers.erase(result.attempt.id)
    held.go.set()
    ended(job)
    until(lambda: not any(thread.name.startswith("judge") for thread in threading.enumerate()))
    assert session.answers.load(result.attempt.id) is None
    assert list((tmp_path / "replies").rglob("*.json")) == []


def test_levels_of_words_that_were_corrected_meanwhile_are_not_kept(
    session: Session, judged_by: Judging
) -> None:
    held = Held()
    judge, _ = judged_by(held)
    result = answered(session)
    job = Jobs().score(session, result, QUESTION, judge)
    assert held.waiting.wait(20)
    one_answer.correct(session, result, QUESTION, "Other words than before.")
    held.go.set()
    assert ended(job).problem is not None and "corrected meanwhile" in str(job.problem)
    assert session.answers.assessments(result.attempt.id) == ()


def test_words_corrected_between_the_last_look_and_the_saving_stay_as_they_were_corrected(
    session: Session, judged_by: Judging
) -> None:
    class CorrectedLate:
        """The store, where the words are corrected just after the job looked for the last time."""

        disagreements, memory = session.disagreements, session.memory

        @property
        def answers(self) -> CorrectedLate:
            return self

        def load(self, attempt_id: str) -> AttemptResult | None:
            before = session.answers.load(attempt_id)
            one_answer.correct(session, result, QUESTION, "Other words than before.")
            return before

        save_judged = staticmethod(session.answers.save_judged)
        assessments = staticmethod(session.answers.assessments)

    judge, _ = judged_by()
    result = answered(session)
    job = ended(Jobs().score(CorrectedLate(), result, QUESTION, judge))
    assert job.problem is not None and "corrected meanwhile" in str(job.problem)
    kept = session.answers.load(result.attempt.id)
    assert kept is not None and kept.turns[1].text == "Other words than before."
    assert session.answers.assessments(result.attempt.id) == ()


def test_scoring_in_two_tabs_never_puts_back_words_that_were_corrected(session: Session) -> None:
    class Correcting(OneLevel):
        """Another tab corrects the words while this one scores."""

        def score(self, answer: Answer) -> Assessment:
            one_answer.correct(session, result, QUESTION, "Other words than before.")
            return super().score(answer)

    result = answered(session)
    with pytest.raises(RehearseError, match="corrected meanwhile"):
        one_answer.score_answer(session, result, QUESTION, Correcting())
    kept = session.answers.load(result.attempt.id)
    assert kept is not None and kept.turns[1].text == "Other words than before."


def test_what_a_scorer_says_of_an_erased_answer_brings_nothing_back(session: Session) -> None:
    class Erasing(OneLevel):
        def score(self, answer: Answer) -> Assessment:
            session.answers.erase(result.attempt.id)
            return super().score(answer)

    result = answered(session)
    one_answer.score_answer(session, result, QUESTION, Erasing())
    assert session.answers.load(result.attempt.id) is None


def test_what_nobody_foresaw_is_said_and_costs_nothing(
    session: Session, judged_by: Judging, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge, _ = judged_by()
    result = answered(session, scored=True)

    def breaks(answer: Answer, watch: object) -> Assessment:
        raise ZeroDivisionError

    monkeypatch.setattr(judge, "score", breaks)
    job = ended(Jobs().score(session, result, QUESTION, judge))
    assert job.state == "failed" and "nobody foresaw" in str(job.problem)
    assert scorers(session, result) == ["plain"]


def test_an_end_that_was_seen_is_cleared_and_a_running_one_is_not(
    session: Session, judged_by: Judging
) -> None:
    held = Held()
    judge, _ = judged_by(held)
    jobs, result = Jobs(), answered(session)
    job = jobs.score(session, result, QUESTION, judge)
    jobs.clear(result.attempt.id)
    assert jobs.of(result.attempt.id) is job
    held.go.set()
    ended(job)
    jobs.clear(result.attempt.id)
    assert jobs.of(result.attempt.id) is None


def test_a_job_that_a_restart_cuts_off_is_known_and_asks_only_for_the_rest(
    session: Session, judged_by: Judging
) -> None:
    held = Held(free=4)
    judge, _ = judged_by(held)
    result, before = answered(session), Jobs()
    cut_off = before.score(session, result, QUESTION, judge)
    assert held.waiting.wait(20)
    assert before.cut_off(session, "me") == {}
    after, (same_judge, endpoint) = Jobs(), judged_by()
    assert after.cut_off(session, "me") == {result.attempt.id: asked_of(judge)}
    again = ended(after.score(session, result, QUESTION, same_judge))
    assert again.state == "done"
    assert len(endpoint.asked) == again.watch.questions - held.free
    held.go.set()
    ended(cut_off)
    until(lambda: Jobs().cut_off(session, "me") == {})


@pytest.mark.parametrize("behaviour", [status(401), slow])
def test_a_job_that_has_ended_is_not_started_again(
    session: Session, judged_by: Judging, behaviour: Behaviour
) -> None:
    judge, _ = judged_by(behaviour)
    ended(Jobs().score(session, answered(session), QUESTION, judge))
    until(lambda: Jobs().cut_off(session, "me") == {})


def test_a_job_that_was_stopped_is_not_started_again(session: Session, judged_by: Judging) -> None:
    held = Held()
    judge, _ = judged_by(held)
    jobs, result = Jobs(), answered(session)
    jobs.score(session, result, QUESTION, judge)
    jobs.stop(result.attempt.id)
    assert Jobs().cut_off(session, "me") == {}
    held.go.set()


def test_judging_again_after_the_words_were_changed_judges_the_words_as_they_are(
    session: Session, judged_by: Judging
) -> None:
    held = Held()
    judge, _ = judged_by(held)
    jobs, result = Jobs(), answered(session)
    first = jobs.score(session, result, QUESTION, judge)
    assert held.waiting.wait(20)
    corrected = one_answer.correct(session, result, QUESTION, strong_answer(2))
    second = jobs.score(session, corrected, QUESTION, judge)
    assert second is not first and first.state == "stopped"
    held.go.set()
    assert ended(second).state == "done"
    assert scorers(session, result) == ["judge"]


# "this is wrong" -------------------------------------------------------------------------------


def test_a_disputed_level_is_judged_once_more_and_both_are_kept(session: Session, judged_by: Judging) -> None:
    judge, endpoint = judged_by()
    result = answered(session, answer_text("C4", 3), scored=True)
    dispute = disputed(session, result)
    job = ended(Jobs().again(session, dispute, result, QUESTION, judge))
    until(lambda: Jobs().cut_off(session, "me") == {})
    assert (job.state, job.criterion, job.watch.settled) == ("done", "C4", job.watch.questions)
    (kept,) = session.disagreements.disputes(result.attempt.id)
    assert kept.first.level == 2 and kept.first.scorer == "plain"
    assert kept.second is not None and kept.second.level == 3
    assert kept.second.scorer_version.endswith("rejudged=1")
    assert scorers(session, result) == ["plain"]
    assert any("I named two failures." in str(asked.body) for asked in endpoint.asked)


def test_a_failing_judge_leaves_the_dispute_open_and_it_can_be_tried_again(
    session: Session, judged_by: Judging
) -> None:
    result = answered(session, answer_text("C4", 3), scored=True)
    dispute, jobs = disputed(session, result), Jobs()
    broken, _ = judged_by(status(500))
    job = ended(jobs.again(session, dispute, result, QUESTION, broken))
    assert job.state == "failed" and job.problem is not None
    assert session.disagreements.disputes(result.attempt.id)[0].second is None
    whole, _ = judged_by()
    ended(jobs.again(session, dispute, result, QUESTION, whole))
    second = session.disagreements.disputes(result.attempt.id)[0].second
    assert second is not None and second.level == 3


def test_the_cost_of_judging_again_is_known_before(session: Session, judged_by: Judging) -> None:
    judge, endpoint = judged_by()
    result = answered(session, answer_text("C4", 3), scored=True)
    dispute = disputed(session, result)
    from data.rubrics import criterion

    before = judge.estimate_again(Answer(QUESTION, result.turns), criterion("C4"), dispute.reason)
    ended(Jobs().again(session, dispute, result, QUESTION, judge))
    assert len(endpoint.asked) == 3 <= before.calls == 5


def test_a_dispute_without_a_reason_reaches_nobody(session: Session, judged_by: Judging) -> None:
    result = answered(session, scored=True)
    with pytest.raises(RehearseError, match="reason"):
        disputed(session, result, " ")
