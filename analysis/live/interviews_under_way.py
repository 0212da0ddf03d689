"""Interviews under way: they belong to the server and the database, not to a browser tab.

A reload, a second tab or a new server finds an interview at the same turn. Each round is kept as an ordinary
attempt as soon as it is over, and scored beside the conversation.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from analysis.interview.keeping.kept_interview import Feedback, Interview, from_kept, to_kept
from analysis.interview.loop.state import begin_state
from analysis.interview.planning.plan import Plan
from analysis.live.caretaker import Caretaker
from analysis.live.executor import Supervised
from analysis.live.interview_running import Running, care, let_go, record_again
from analysis.live.interview_start import make_running, round_world, set_going
from analysis.live.registry import Registry
from analysis.live.round_keeping import keep_so_far, score_here
from analysis.live.world import World
from analysis.written.drafts import interview_key
from data.access import Viewer
from data.domain import CaptureMode, KeptInterview, RehearseError

WATCH_SECONDS = 5.0


class Interviews:
    """All interviews under way on this server."""

    def __init__(self, quick: Supervised, slow: Supervised) -> None:
        """`quick`: what the candidate waits for (probes, last words); `slow`: what may take a minute."""
        self.everyone: Registry[Running] = Registry()
        self._quick = quick
        self._slow = slow
        self._caretaker = Caretaker(self.everyone, partial(care, self.everyone), WATCH_SECONDS)
        self._safe: set[str] = set()  # interviews that were left and whose open round is kept

    def start(self, world: World, plan: Plan, mode: CaptureMode, feedback: Feedback, scorer: str) -> str:
        """Begin an interview; its id. It is in the database before the first word."""
        judge, person, now = world.judge, world.viewer.candidate_id, datetime.now(UTC)
        state = begin_state(plan, spoken=mode != "typed")
        agreed_to = judge.receiver if judge is not None and judge.name == scorer else ""
        begun = Interview("", person, mode, now, state, feedback, scorer, receiver=agreed_to)
        return self._begin(world, begun)

    def in_writing(self, world: World, running: Running) -> str:
        """The same plan as a typed interview, in place of one whose sound never came; its id."""
        silent = running.interview
        self.discard(world, silent.id)
        state = begin_state(silent.state.plan, spoken=False)
        now = datetime.now(UTC)
        return self._begin(world, replace(silent, mode="typed", started_at=now, state=state, rounds=()))

    def find(self, world: World, interview_id: str) -> Interview | None:
        """The interview of that id, running or kept; None when there is none of whoever is looking."""
        running = self._running(world, interview_id)
        if running is not None:
            return running.interview
        kept = world.session.interviews.find(interview_id)
        mine = kept is not None and kept.candidate_id == world.viewer.candidate_id
        return from_kept(kept) if kept is not None and mine else None

    def unfinished(self, world: World) -> tuple[Interview, ...]:
        """The candidate's interviews that can be gone on with, newest first; what was said gets scored."""
        kept = world.session.interviews.of(world.viewer.candidate_id)
        found = tuple(from_kept(one) for one in kept if not one.over)
        for interview in found:
            if self._running(world, interview.id) is None and interview.id not in self._safe:
                self._safe.add(interview.id)
                self._keep_left(world, interview)
        return tuple(one for one in found if not one.over)

    def _keep_left(self, world: World, interview: Interview) -> None:
        """Keep what a server that was killed did not get to; what is over is written down to its end."""
        if interview.over:
            self._put_up(world, interview)
        else:
            self._slow.submit(partial(keep_so_far, round_world(world, interview), interview))

    def finished(self, world: World) -> tuple[KeptInterview, ...]:
        """The candidate's interviews that are over, newest first."""
        return tuple(one for one in world.session.interviews.of(world.viewer.candidate_id) if one.over)

    def go_on(self, world: World, interview_id: str) -> Running:
        """The interview under way, put up again when the server or its recording had stopped."""
        running = self._running(world, interview_id)
        if running is None:
            interview = self.find(world, interview_id)
            if interview is None:
                raise _gone()
            running = self._put_up(world, interview)
        running.seen = time.monotonic()
        record_again(running)
        return running

    def look(self, running: Running) -> bool:
        """Somebody is looking at the interview right now; whether it is still the one that runs."""
        running.seen = time.monotonic()
        return self.everyone.is_there(running.interview.id, running)

    def end(self, world: World, interview_id: str) -> None:
        """End an interview that is not on screen: what was said is kept and scored."""
        self.go_on(world, interview_id).conductor.command("end")

    def discard(self, world: World, interview_id: str) -> None:
        """Erase an interview with everything that was said in it."""
        interview, running = self.find(world, interview_id), self._running(world, interview_id)
        if interview is None:
            return
        if running is not None:
            self._stop(running)
        for kept in interview.rounds:
            world.copies.erase_attempt(kept.attempt_id)
        person = world.viewer.candidate_id
        world.session.interviews.drop(person, interview_id)
        world.session.drafts.drop(person, interview_key(interview_id))

    def forget_all(self, world: World, person: str) -> None:
        """Stop every interview of this person without keeping it: everything of theirs is being erased."""
        for running in self.everyone.of(world.viewer).values():
            if running.owner == person:
                self._stop(running)

    def is_scoring(self, world: World, attempt_id: str) -> bool:
        """Whether a round of whoever is looking is being written down or scored right now."""
        mine = self.everyone.of(world.viewer).values()
        return any(attempt_id in running.scoring for running in mine) or world.jobs.is_running(attempt_id)

    def report_seen(self, viewer: Viewer, interview_id: str) -> None:
        """Its report was drawn; that counts once everything in it is scored."""
        running = self.everyone.find(viewer, interview_id)
        if running is not None and running.interview.over and not running.busy:
            running.reported = True

    def stop_sending(self, running: Running) -> None:
        """Send nothing of this interview to a model any more; what was cut short is scored here."""
        sending = running.world.sending
        for attempt_id in sending.stop() if sending else ():
            self._slow.submit(partial(score_here, running.world, running.interview, attempt_id))

    def send(self, running: Running) -> None:
        """Send it to the model that is connected now: its candidate has agreed to that."""
        sending = running.world.sending
        if sending is not None:
            sending.agree()
            running.conductor.note(partial(replace, receiver=sending.judge.receiver))

    def stop_sending_everywhere(self) -> None:
        """Send nothing of any interview to the model that was connected."""
        for running in self.everyone.everything().values():
            self.stop_sending(running)

    def close(self) -> None:
        """Let go of everything that runs, and wait until what was asked for is done."""
        self._quick.close()  # first: an end that was asked for takes the last words there
        self._slow.close()
        for running in self.everyone.everything().values():
            running.conductor.close()
        self.everyone.clear()

    def _running(self, world: World, interview_id: str) -> Running | None:
        """The interview under way of that id, if it belongs to whoever is looking."""
        return self.everyone.find(world.viewer, interview_id)

    def _stop(self, running: Running) -> None:
        self.everyone.remove(running.interview.id, running)
        let_go(running)

    def _begin(self, world: World, interview: Interview) -> str:
        if interview.mode != "typed":
            world.recordings.new_recording("room-for-an-interview")
        begun = replace(interview, id=uuid.uuid4().hex)
        world.session.interviews.save(to_kept(begun))
        for key, one in self.everyone.everything().items():
            if one.interview.over and not one.busy:
                self.everyone.remove(key)
        self._put_up(world, begun)
        return begun.id

    def _put_up(self, world: World, interview: Interview) -> Running:
        """What an interview needs to run in this process, made once, however many tabs ask for it."""
        make = partial(make_running, world, interview, self._quick, self._slow)
        running, fresh = self.everyone.obtain(world.viewer, interview.id, make)
        if running is None:
            raise _gone()
        if fresh:
            set_going(running, self._slow)
            self._caretaker.wake()
        return running


def _gone() -> RehearseError:
    return RehearseError("This interview is not there any more.", "Start a new one.")
