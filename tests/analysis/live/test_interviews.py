"""Interviews under way need no page: whoever brings the world may start, find, leave and discard them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from analysis.interview.planning.plan import Plan, share_time
from analysis.interview.speaker.llm_speaker import ProbeReply
from analysis.live import long_work
from analysis.live.executor import Supervised
from analysis.live.interview_running import care
from analysis.live.interviews_under_way import Interviews
from analysis.live.judging_jobs import Jobs
from analysis.live.world import World
from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import Call, ChatModel, Message
from analysis.scoring.judge import JudgeScorer
from data.access import Viewer
from data.domain import RehearseError
from data.questions import question_by_id
from tests.conducted import SAID
from tests.fake_endpoint import FakeEndpoint
from tests.full_disk import Full
from tests.stored import shipped_questions

pytestmark = pytest.mark.slow

QUESTION = question_by_id(shipped_questions(), "distributed-replica-lag")
PLAN = Plan(share_time((QUESTION,), 5.0), 5.0)


@pytest.fixture
def server() -> Iterator[Interviews]:
    made = started()
    yield made
    made.close()


def started() -> Interviews:
    """What a server has at its start."""
    return Interviews(Supervised(1, "quick"), Supervised(1, "slow"))


def test_an_interview_is_found_again_after_a_restart_of_the_server(world: World, server: Interviews) -> None:
    begun = server.start(world, PLAN, "typed", "end", "reader")
    again = started()
    try:
        assert [one.id for one in again.unfinished(world)] == [begun]
        assert again.go_on(world, begun).interview.state.phase == "listening"
    finally:
        again.close()


def test_two_tabs_get_the_same_interview(world: World, server: Interviews) -> None:
    begun = server.start(world, PLAN, "typed", "end", "reader")
    assert server.go_on(world, begun) is server.go_on(world, begun)


def test_nothing_of_an_interview_is_sent_to_a_model_that_is_no_longer_connected(
    world: World, server: Interviews
) -> None:
    endpoint = FakeEndpoint()
    model = ChatModel("http://judge.test/v1", "k", "m", transport=endpoint.transport)
    judged = replace(world, judge=JudgeScorer(model), asker=model)
    begun = server.start(judged, PLAN, "typed", "end", "judge")
    sending = server.go_on(judged, begun).world.sending
    assert sending is not None and not sending.stopped
    server.stop_sending_everywhere()
    assert sending.stopped
    with pytest.raises(ChatError):
        sending.ask([Message("user", "Is it so?")], ProbeReply, Call())
    assert endpoint.asked == []


def test_after_a_restart_an_interview_is_sent_to_another_judge_only_once_its_candidate_agrees(
    world: World, server: Interviews
) -> None:
    def judged_at(url: str) -> tuple[World, FakeEndpoint]:
        endpoint = FakeEndpoint()
        model = ChatModel(url, "k", "m", transport=endpoint.transport)
        return replace(world, judge=JudgeScorer(model), asker=model, jobs=Jobs()), endpoint

    first, _ = judged_at("http://judge.test/v1")
    begun = server.start(first, PLAN, "typed", "end", "judge")
    same = started()
    try:
        sending = same.go_on(first, begun).world.sending
        assert sending is not None and not sending.asks_first
    finally:
        same.close()
    second, endpoint = judged_at("http://other.test/v1")
    again = started()
    try:
        running = again.go_on(second, begun)
        running.conductor.write(SAID)
        again.end(second, begun)
    finally:
        again.close()
    assert endpoint.asked == []
    (kept,) = running.interview.rounds
    result = world.session.answers.load(kept.attempt_id)
    assert result is not None and result.assessment is not None
    assert result.assessment.scorer == "reader"


def test_who_agreed_to_another_judge_after_a_restart_is_not_asked_twice(
    world: World, server: Interviews
) -> None:
    def judged_at(url: str) -> World:
        return replace(world, judge=JudgeScorer(ChatModel(url, "k", "m", transport=FakeEndpoint().transport)))

    begun = server.start(judged_at("http://judge.test/v1"), PLAN, "typed", "end", "judge")
    for asks_first in (True, False):
        again = started()
        try:
            running = again.go_on(judged_at("http://other.test/v1"), begun)
            sending = running.world.sending
            assert sending is not None and sending.asks_first == asks_first
            again.send(running)
        finally:
            again.close()


def test_nothing_is_left_of_an_interview_that_was_discarded(world: World, server: Interviews) -> None:
    begun = server.start(world, PLAN, "typed", "end", "reader")
    running = server.go_on(world, begun)
    (kept,) = running.interview.rounds
    server.discard(world, begun)
    assert server.find(world, begun) is None
    assert not server.look(running)
    assert world.session.answers.load(kept.attempt_id) is None
    with pytest.raises(RehearseError, match="not there any more"):
        server.go_on(world, begun)


def test_a_round_that_is_over_while_the_disk_is_full_is_written_down_when_there_is_room(
    world: World,
) -> None:
    full: Any
    full, quick, slow = Full(world.session), Supervised(1, "quick"), Supervised(1, "slow")
    server = Interviews(quick, slow)
    on_full = replace(world, session=full)
    begun = server.start(on_full, PLAN, "typed", "end", "reader")
    running = server.go_on(on_full, begun)
    running.conductor.write(SAID)
    quick.submit(lambda: None).result()
    full.refusals = 2
    running.conductor.command("end")
    quick.submit(lambda: None).result()
    for _ in range(3):
        assert running.busy
        slow.submit(lambda: None).result()
        care(server.everyone, begun, running)
    server.close()
    (kept,) = running.interview.rounds
    answer = world.session.answers.load(kept.attempt_id)
    assert answer is not None and answer.attempt.status == "scored"
    assert not running.busy


def test_that_an_interview_is_scored_is_told_until_its_report_was_seen(world: World) -> None:
    quick, slow = Supervised(1, "quick"), Supervised(1, "slow")
    server = Interviews(quick, slow)
    begun = server.start(world, PLAN, "typed", "end", "reader")
    running = server.go_on(world, begun)
    running.conductor.write(SAID)
    quick.submit(lambda: None).result()
    assert list(long_work.of_interviews(server, world.viewer)) == [], "it is not over"
    running.conductor.command("end")
    quick.submit(lambda: None).result()
    slow.submit(lambda: None).result()
    (work,) = long_work.of_interviews(server, world.viewer)
    assert (work.state, work.asked) == ("done", {"interview": begun})
    assert list(long_work.of_interviews(server, Viewer("somebody else"))) == []
    running.scoring.add("a round")
    server.report_seen(world.viewer, begun)
    (work,) = long_work.of_interviews(server, world.viewer)
    assert (work.state, work.done, work.whole) == ("running", 0, 1), "seen before all was scored"
    running.scoring.clear()
    server.report_seen(world.viewer, begun)
    assert list(long_work.of_interviews(server, world.viewer)) == []
    server.close()
