"""The judge as a scorer: it reads what was said and what does not hold; levels are computed in code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from analysis.llm.batch import Watch, ask_all
from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import ChatModel
from analysis.llm.reply_cache import answer_group
from analysis.llm.usage import CostEstimate
from analysis.scoring.judge import costs, decided_unasked
from analysis.scoring.judge.asking import Asking, Case, about_claims, case_of
from analysis.scoring.judge.decided_unasked import gate
from analysis.scoring.judge.false_claims import read_claims
from analysis.scoring.judge.messages import prompt_version
from analysis.scoring.judge.reading import Read, first_questions, read_answer
from analysis.scoring.judge.scores import Stamp, assessment_of, scores_of
from data.domain import Answer, Assessment, Criterion, Rubric, Score, WrongClaim
from data.rubrics import load_rubric

WAY_OF_READING = 2
"""Counts up when the same replies come to other levels: a judge is examined again then."""


class JudgeScorer:
    """Scores an answer with a chat model. `version` names everything a score depends on."""

    name = "judge"

    def __init__(
        self,
        chat_model: ChatModel,
        rubric: Rubric | None = None,
        seed: int = 1,
    ) -> None:
        """`seed` is the first look's; later looks count up from it."""
        self._grader, self._seed = chat_model, seed
        self._rubric_version = (rubric or load_rubric()).version
        self.version = (
            f"model={chat_model.model} prompts={prompt_version()} rubric={self._rubric_version} "
            f"reading={WAY_OF_READING} temperature={chat_model.temperature:g} seed={seed}"
        )

    @property
    def receiver(self) -> str:
        """Its model and where that runs, without credentials: who reads what it is given."""
        return self._grader.receiver

    @property
    def concurrency(self) -> int:
        """How many calls its model takes at once."""
        return self._grader.concurrency

    def score(self, answer: Answer, watch: Watch | None = None) -> Assessment:
        """Levels, key points, and the cost. Never raises for a failing model."""
        decided = gate(answer)
        if decided is not None:
            return decided_unasked.assessment_of(answer, decided, self._stamp())
        case = case_of(answer, self._seed, watch)
        read, scores = self._judge(case, self._stamp())
        return assessment_of(case, read, scores)

    def rejudge(self, answer: Answer, criterion: Criterion, reason: str, watch: Watch | None = None) -> Score:
        """The criterion read afresh with the candidate's reason in sight; keep it beside the first.

        Raises `ChatError` when it is the model's failure that leaves it unscored: that is no judgement.
        """
        decided = gate(answer)
        if decided is not None:
            return decided_unasked.score_of(criterion, answer, decided, self._stamp())
        case = case_of(answer, self._seed, watch, criterion, reason)
        _, [score] = self._judge(case, self._stamp(" rejudged=1"))
        if score.level is None and case.watch.failed is not None:
            raise case.watch.failed
        return score

    def false_claims(self, answer: Answer) -> tuple[WrongClaim, ...]:
        """The separate look for false claims on its own; raises `ChatError` when the model fails."""
        if gate(answer) is not None:
            return ()
        case = case_of(answer, self._seed)
        [reply] = self._ask(case, [about_claims(case)])
        if isinstance(reply, ChatError):
            raise reply
        return tuple(claim.told for claim in read_claims(reply, answer, case.view))

    def estimate(self, answer: Answer, usual_seconds: float | None = None) -> CostEstimate:
        """An upper estimate before running; nothing is sent. `usual_seconds` of a call, if known."""
        if gate(answer):
            return costs.nothing(self._grader)
        return self.estimate_unheard(answer, usual_seconds)

    def estimate_unheard(self, answer: Answer, usual_seconds: float | None = None) -> CostEstimate:
        """The same for words that stand in for an answer not given yet."""
        return costs.cost_at_most(case_of(answer, self._seed), self._grader, usual_seconds)

    def estimate_again(
        self, answer: Answer, criterion: Criterion, reason: str, usual_seconds: float | None = None
    ) -> CostEstimate:
        """The same for judging one criterion once more."""
        if gate(answer):
            return costs.nothing(self._grader)
        case = case_of(answer, self._seed, None, criterion, reason)
        return costs.cost_at_most(case, self._grader, usual_seconds)

    def forget(self, answer: Answer) -> None:
        """Erase every kept reply about this answer."""
        if self._grader.cache:
            self._grader.cache.erase(answer_group(answer))

    def _stamp(self, more: str = "") -> Stamp:
        return Stamp(self.name, self.version + more, self._rubric_version)

    def _judge(self, case: Case, stamp: Stamp) -> tuple[Read, tuple[Score, ...]]:
        watch, ask = case.watch, partial(self._ask, case)
        watch.questions = len(first_questions(case)) + 1
        read = read_answer(case, ask)
        scores = scores_of(case, read, ask, stamp)
        watch.questions = watch.settled
        return read, scores

    def _ask(self, case: Case, asked: Sequence[Asking[Any]]) -> list[Any | ChatError]:
        watch = case.watch
        watch.questions = max(watch.questions, watch.settled + len(asked))
        questions = [partial(one.ask, self._grader) for one in asked]
        return ask_all(questions, self._grader.concurrency, case.breaker)
