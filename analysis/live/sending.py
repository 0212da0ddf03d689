"""What an interview sends to a chat model: answers to a judge, and what was said to word a probe.

Seen while it happens: how much was asked, what it cost, and one switch that ends it. Thread-safe.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

from analysis.interview.planning.plan import Plan
from analysis.interview.speaker.llm_speaker import Asker, ProbeReply
from analysis.live.judging_jobs import Job, Jobs, Keeper
from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import Call, Message
from analysis.llm.usage import CostEstimate, Meter, Usage
from analysis.scoring.judge import JudgeScorer
from data.domain import Answer, AttemptResult, Question, Turn

WORDS_A_MINUTE = 150
"""An answer that fills its time; the estimate is an upper one."""


@dataclass(slots=True)
class Sending:
    """One interview's sending, until it is stopped, or while its candidate has agreed to another receiver.

    `agreed_to`: the receiver that was named when the interview began.
    """

    jobs: Jobs
    judge: JudgeScorer
    model: Asker | None
    agreed_to: str
    stopped: bool = False
    _probing: Meter = field(default_factory=Meter)
    _judging: list[Job] = field(default_factory=list)
    _cancel: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, messages: list[Message], reply: type[ProbeReply], call: Call) -> ProbeReply:
        """A probe in other words; raises ChatError when nothing may be sent, or it does not work out."""
        if self.stopped or self.asks_first or self.model is None:
            raise ChatError("cancelled", "Nothing is sent to a model.")
        return self.model.ask(messages, reply, replace(call, meter=self._probing, cancel=self._cancel))

    def judged(self, keeper: Keeper, result: AttemptResult, question: Question) -> bool:
        """Have a kept answer judged beside the conversation; False when nothing may be sent."""
        with self._lock:
            if self.stopped or self.asks_first:
                return False
            self._judging.append(self.jobs.score(keeper, result, question, self.judge))
            return True

    @property
    def asks_first(self) -> bool:
        """Whether another model than the candidate agreed to would read it now."""
        return self.agreed_to != self.judge.receiver

    def agree(self) -> None:
        """The candidate agrees to the model that is connected now."""
        with self._lock:
            self.agreed_to = self.judge.receiver

    def stop(self) -> tuple[str, ...]:
        """Send nothing more; the answers whose judging this cut short."""
        with self._lock:
            self.stopped = True
            self._cancel.set()
            cut = tuple(job.attempt_id for job in self._judging if job.state == "running")
        for attempt_id in cut:
            self.jobs.stop(attempt_id)
        return cut

    @property
    def spent(self) -> Usage:
        """What was sent so far, probes and judging together."""
        with self._lock:
            meters = (self._probing, *(job.watch.meter for job in self._judging))
        whole = Usage()
        for one in (meter.total for meter in meters):
            whole = whole + one
        return whole


def cost_at_most(judge: JudgeScorer, plan: Plan, usual_seconds: float | None = None) -> CostEstimate:
    """An upper estimate of judging a whole interview, when every answer fills its time; nothing is sent."""
    whole = CostEstimate(0, 0, 0, 0.0, 0.0)
    for planned in plan.rounds:
        answer = _full(planned.question, planned.minutes)
        whole = whole + judge.estimate_unheard(answer, usual_seconds)
    return whole


def _full(question: Question, minutes: float) -> Answer:
    words = "word " * round(minutes * WORDS_A_MINUTE)
    return Answer(question, (Turn(0, "interviewer", question.text), Turn(1, "candidate", words)))
