"""What an interview needs to run in this process: its floor, its doors to the outside, and its beginning."""

from __future__ import annotations

import time
from functools import partial

from analysis.interview.keeping.kept_interview import Interview, unwritten, with_written
from analysis.interview.listener.listener import prepare
from analysis.live.conductor import Conductor
from analysis.live.doors import Doors
from analysis.live.executor import Supervised, Work
from analysis.live.interview_running import Running
from analysis.live.round_keeping import (
    RoundWorld,
    from_files,
    heard_once,
    keeper,
    record_on,
    write_down,
)
from analysis.live.sending import Sending
from analysis.live.typed_floor import TypedFloor
from analysis.live.voice_floor import VoiceFloor
from analysis.live.world import World
from analysis.signals.switches import switched_off
from analysis.written.drafts import interview_key
from data.domain import Answer, RehearseError

TRIES = 60
"""So often it is tried to write a round down, every few seconds."""


def make_running(world: World, interview: Interview, quick: Supervised, slow: Supervised) -> Running:
    """The interview with a floor and doors; nothing is asked, opened or recorded yet.

    `quick` runs what the candidate waits for, `slow` what may take a minute.
    """
    rounds = round_world(world, interview)
    floor = _floor(interview, rounds)
    doors = Doors(
        keep=keeper(rounds),
        assess=lambda answer: rounds.scorer.score(answer).key_points,
        round_over=lambda now, at: _round_over(running, slow, now, at),
        later=quick.submit,
        asker=rounds.sending,
    )
    running = Running(Conductor(interview, floor, doors), floor, rounds, seen=time.monotonic())
    return running


def set_going(running: Running, slow: Supervised) -> None:
    """Begin, or go on in a new recording; key points are embedded while the candidate reads.

    What a killed server did not write down is written down now.
    """
    interview, floor, world = running.interview, running.floor, running.world
    for at in unwritten(interview):
        finish = (
            None if isinstance(floor, TypedFloor) else heard_once(partial(from_files, world, interview, at))
        )
        _write_down(running, slow, at, partial(write_down, world, interview, at, finish), TRIES)
    if interview.over:
        return
    for planned in interview.state.plan.rounds[interview.state.round :]:
        slow.submit(partial(world.scorer.score, Answer(planned.question, ())))
        slow.submit(partial(prepare, planned.question))
    if isinstance(floor, TypedFloor):
        running.conductor.begin()
    elif interview.rounds:
        record_on(world, floor, running.conductor)
    else:
        floor.open(world.new_path(interview, 0))


def _round_over(running: Running, slow: Supervised, interview: Interview, at: int) -> None:
    floor, finish = running.floor, None
    if isinstance(floor, VoiceFloor):
        more = len(interview.rounds) > at + 1
        finish = heard_once(floor.cut(running.world.new_path(interview, at + 1) if more else None))
    work = partial(write_down, running.world, interview, at, finish)
    _write_down(running, slow, at, work, TRIES)


def _write_down(running: Running, slow: Supervised, at: int, work: Work, tries: int) -> None:
    """Do it beside; what the store refuses (a full disk) is tried again, and told once."""
    attempt_id = running.interview.rounds[at].attempt_id

    def written() -> None:
        work()
        running.conductor.note(partial(with_written, at=at))
        running.scoring.discard(attempt_id)

    def failed(problem: Exception) -> None:
        if isinstance(problem, RehearseError) and tries > 1:
            running.again.append(partial(_write_down, running, slow, at, work, tries - 1))
        running.scoring.discard(attempt_id)
        if tries == TRIES:
            running.conductor.failed("round", problem)

    running.scoring.add(attempt_id)
    slow.submit(written, failed)


def round_world(world: World, interview: Interview) -> RoundWorld:
    """What the rounds of this interview need of the outside; asked on the page's thread."""
    judge, scorer = world.judge, world.scorers[0]
    judged = judge is not None and interview.scorer == judge.name
    return RoundWorld(
        world.session,
        world.recordings,
        world.settings,
        world.transcriber,
        scorer,
        world.calibrate() if interview.mode == "camera" else None,
        switched_off(world.session.memory, interview.candidate_id),
        Sending(world.jobs, judge, world.asker, agreed_to=interview.receiver) if judged and judge else None,
    )


def _floor(interview: Interview, world: RoundWorld) -> TypedFloor | VoiceFloor:
    if interview.mode != "typed":
        video = interview.mode == "camera"
        longest, paused = world.settings.recording_seconds, world.listen_while_paused
        return VoiceFloor(
            interview.id, video, partial(world.listen, video=video), longest, paused, world.judge_turn
        )
    drafts, person, key = world.session.drafts, interview.candidate_id, interview_key(interview.id)
    return TypedFloor(drafts.find(person, key), partial(drafts.put, person, key))
