"""A batch as it runs in one process: pieces out, what was found kept, each answer settled once.

Only this process touches the database. What is settled is kept before the next piece goes out, so that a
crash costs the pieces that were out, which wait and are done again. Few are out at once: memory does not grow
with the selection.
"""

from __future__ import annotations

import logging
import socket
import threading
import uuid
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis.batch.compute import Compute
from analysis.batch.dask_pool import AwayError
from analysis.batch.kinds import GONE, NO_QUESTION, Kind, Means, Piece, SkipError
from analysis.llm.chat_errors import ChatError
from data.access import Viewer
from data.domain import AttemptResult, ErasedError, RehearseError
from data.domain.batches import Batch, Task, TaskState
from data.questions import find_question

if TYPE_CHECKING:
    from data.domain import Question
    from data.store import Session

LOGGER = logging.getLogger(__name__)
BEAT_SECONDS = 5.0
BUSY = RehearseError(
    "Another process works on this batch.",
    "Wait for it, or cancel the batch; what one that died held is free after a minute.",
)
CHANGED = "The words were corrected meanwhile."
STOPPING = (AwayError, ChatError)
"""The next answer would meet the same: the scheduler or the model is away."""
LOST = "The process that worked on this answer died twice."
UNFORESEEN = "It failed in a way nobody foresaw; the server's log has it."


@dataclass(slots=True)
class Running:
    """One batch while it runs; `stop` ends it at the next answer, and the rest waits until it goes on."""

    batch: Batch
    stop: threading.Event = field(default_factory=threading.Event)
    runner: str = field(default_factory=lambda: f"{socket.gethostname()}-{uuid.uuid4().hex[:8]}")
    told: Callable[[str], object] = lambda _: None
    """Is given how far it is."""


def run(running: Running, session: Session, means: Means, kind: Kind, compute: Compute) -> Batch:
    """Work on what waits until nothing does, or it is stopped or cancelled; how far it came.

    `session` is of whoever configures the server. Raises `RehearseError` when another process is at it, or
    when no answer can be worked on (the scheduler or the model is away): then everything waits.
    """
    if not session.batches.take(running.batch.id, running.runner):
        raise BUSY
    try:
        _Run(running, session, means, kind, compute).through()
    finally:
        session.batches.let_go(running.batch.id, running.runner)
    return session.batches.find(running.batch.id)


class _Run:
    def __init__(
        self, running: Running, session: Session, means: Means, kind: Kind, compute: Compute
    ) -> None:
        self._running, self._session, self._means = running, session, means
        self._kind, self._compute = kind, compute
        self._waiting = deque(session.batches.waiting(running.batch.id))
        self._suspects: deque[Task] = deque()
        """Were out when a worker died: tried once more, each alone, so that only the one at fault fails."""
        self._out: dict[Future[Any], tuple[Task, Piece]] = {}
        self._alone: Task | None = None

    def through(self) -> None:
        while self._goes_on() and (self._waiting or self._suspects or self._out):
            self._hand_out()
            over, _ = wait(self._out, BEAT_SECONDS, FIRST_COMPLETED)
            lost = False
            for future in over:
                lost = self._take_back(future, *self._out.pop(future)) or lost
            if lost:
                self._begin_anew()
            if over:
                self._running.told(self._session.batches.find(self._running.batch.id).told)

    def _goes_on(self) -> bool:
        if self._running.stop.is_set():
            return False
        return self._session.batches.beat(self._running.batch.id, self._running.runner)

    def _hand_out(self) -> None:
        if self._suspects and not self._out:
            self._alone = self._suspects.popleft()
            self._give(self._alone)
        while self._waiting and not self._suspects and self._alone is None:
            if len(self._out) >= self._compute.width:
                return
            self._give(self._waiting.popleft())

    def _give(self, task: Task) -> None:
        try:
            piece = self._piece(task)
        except SkipError as reason:
            self._settle(task, "skipped", str(reason))
            self._alone = None if task == self._alone else self._alone
            return
        try:
            future = self._compute.submit(self._kind.work, piece.given)
        except BrokenExecutor as lost:
            future = Future()
            future.set_exception(lost)
        self._out[future] = (task, piece)

    def _piece(self, task: Task) -> Piece:
        session = self._as_owner(task)
        result = session.answers.load(task.attempt_id)
        if result is None:
            raise SkipError(GONE)
        question = self._means.question(session, result.attempt.question_id)
        if question is None:
            raise SkipError(NO_QUESTION)
        given = self._kind.prepare(session, result, question, self._compute.shares_files)
        return Piece(result, question, given)

    def _take_back(self, future: Future[Any], task: Task, piece: Piece) -> bool:
        """Keep what was found and settle the answer; True when its worker was lost."""
        was_alone, self._alone = task == self._alone, None
        try:
            found = future.result()
        except BrokenExecutor:
            if was_alone:
                self._settle(task, "failed", LOST)
            else:
                self._suspects.append(task)
            return True
        except STOPPING:
            raise
        except RehearseError as problem:
            self._settle(task, "failed", str(problem))
        except Exception:  # door to a worker: one answer nobody foresaw must not take the others with it
            LOGGER.exception("an answer of a batch")
            self._settle(task, "failed", UNFORESEEN)
        else:
            self._keep(task, piece, found)
        return False

    def _keep(self, task: Task, piece: Piece, found: object) -> None:
        """What fails here is the database's, which the next answer would meet too: it ends the run."""
        session = self._as_owner(task)
        now = session.answers.load(task.attempt_id)
        try:
            if now is None:
                raise SkipError(GONE)
            if _said(now) != _said(piece.result):
                raise SkipError(CHANGED)
            self._kind.keep(session, now, piece.question, found)
        except SkipError as reason:
            self._settle(task, "skipped", str(reason))
        except ErasedError:
            self._settle(task, "skipped", GONE)
        else:
            self._settle(task, "done", "")

    def _begin_anew(self) -> None:
        """A broken pool has lost all that was out."""
        for task, _ in self._out.values():
            self._suspects.append(task)
        self._out.clear()
        self._compute.renew()

    def _settle(self, task: Task, state: TaskState, reason: str) -> None:
        self._session.batches.settle(self._running.batch.id, task, state, reason)

    def _as_owner(self, task: Task) -> Session:
        return self._session.seen_by(Viewer(task.candidate_id))


def _said(result: AttemptResult) -> object:
    return result.turns, result.code, result.sketch


def question_finder(bank: tuple[Question, ...]) -> Callable[[Session, str], Question | None]:
    """Finds a question of the bank, or of the sets of the one whose session it is."""
    from data.own_questions import open_set

    def find(session: Session, question_id: str) -> Question | None:
        found = find_question(bank, question_id)
        if found is not None:
            return found
        for kept in session.sets.of(session.viewer.candidate_id):
            if kept.kind != "picked":
                own = find_question(open_set(kept, bank).questions, question_id)
                if own is not None:
                    return own
        return None

    return find
