"""The conductor: the loop in real time, with a floor and doors written by hand. Nothing here waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import pytest

from analysis.interview.keeping.kept_interview import from_kept, to_kept, with_written
from analysis.interview.speaker.llm_speaker import ProbeReply
from analysis.live.conductor import AWAY_SECONDS
from analysis.live.typed_floor import TypedFloor
from analysis.llm.chat_model import Call, Message
from data.domain import Answer, Change, Draft, KeyPointResult, RehearseError, Word
from tests.conducted import SAID, THREE, Desk, Voice, desk

AND_THEN = "Each entry would have a number, and the smallest number is thrown out when the table is full."
WORDS = (
    "orders buyers invoices", "letters parcels stamps", "planes trains ships", "apples pears plums",
    "doors windows roofs", "pens paper ink", "rivers lakes seas", "shoes hats coats",
)  # fmt: skip


@pytest.fixture
def typed() -> Desk:
    made = desk(TypedFloor(Draft(), lambda _: None))
    made.conductor.begin()
    return made


@pytest.mark.slow
def test_a_typed_interview_goes_from_question_to_line_to_the_end(typed: Desk) -> None:
    for words in (*WORDS, *WORDS[::-1]):
        typed.conductor.write(f"{SAID} {AND_THEN} It keeps {words} apart.")
        typed.work()
        typed.pass_time(60)
    assert typed.conductor.interview.over
    assert typed.over == [0, 1, 2]
    dialogue = typed.conductor.interview.state.dialogues[0]
    elicited = [turn.elicitation for turn in dialogue.turns if turn.speaker == "candidate"]
    assert elicited[:3] == ["volunteered", "prompted", "prompted"]


def test_every_turn_is_kept_and_another_process_goes_on_at_the_same_one(typed: Desk) -> None:
    typed.conductor.write(SAID)
    typed.work()
    kept = from_kept(to_kept(typed.kept[-1]))
    asked = kept.state.lines[-1]
    again = desk(TypedFloor(Draft(), lambda _: None), kept)
    again.conductor.begin()
    assert again.conductor.interview.state.lines[-1] == asked
    assert again.conductor.interview.state.probes == 1
    assert "Welcome back" in again.conductor.spoken.text and asked in again.conductor.spoken.text


def test_time_in_which_nobody_was_there_does_not_count(typed: Desk) -> None:
    typed.pass_time(5)
    typed.clock.now += 10 * AWAY_SECONDS
    typed.conductor.tick()
    assert typed.conductor.interview.state.clock.active_seconds == pytest.approx(5.0)
    typed.pass_time(2)
    assert typed.conductor.interview.state.clock.active_seconds == pytest.approx(7.0)


def test_a_button_takes_the_draft_that_was_not_sent(typed: Desk) -> None:
    floor = typed.conductor.floor
    assert isinstance(floor, TypedFloor)
    floor.write(Change("half an answer", "a.1"))
    typed.conductor.command("skip")
    typed.work()
    first = typed.conductor.interview.state.dialogues[0]
    assert first.turns[-1].text == "half an answer" and first.ending == "skipped"
    assert floor.draft == Draft("", "taken:a.1")


@pytest.mark.slow
def test_a_scorer_that_fails_costs_nothing_but_the_choice() -> None:
    def fails(answer: Answer) -> Sequence[KeyPointResult]:
        raise RehearseError("The model is missing.")

    made = desk(TypedFloor(Draft(), lambda _: None), assess=fails)
    made.conductor.begin()
    made.conductor.write(SAID)
    made.work()
    assert made.conductor.interview.state.probes == 1


@pytest.mark.slow
@dataclass
class Asker:
    replies: list[str] | None

    def ask(self, messages: list[Message], reply: type[ProbeReply], call: Call) -> ProbeReply:
        if self.replies is None:
            raise RehearseError("The model is away.")
        return ProbeReply(probes=self.replies)


@pytest.mark.parametrize(
    "replies", [None, [""], ["Would you use a hash map with a doubly linked list?"], ["blah blah"]]
)
def test_an_interviewer_model_with_any_fault_gives_the_plain_line(replies: list[str] | None) -> None:
    made = desk(TypedFloor(Draft(), lambda _: None), asker=Asker(replies))
    made.conductor.begin()
    for said in (SAID, AND_THEN):
        made.conductor.write(said)
        made.work()
    probes = [point.probe for point in THREE[0].key_points]
    assert made.conductor.interview.state.lines[-1] in probes
    assert not made.conductor.spoken.lines[-1].by_model


def test_a_line_that_a_model_worded_says_so() -> None:
    worded = "Which of your links in that one table would be thrown out first?"
    made = desk(TypedFloor(Draft(), lambda _: None), asker=Asker([worded]))
    made.conductor.begin()
    made.conductor.write(SAID)
    made.work()
    assert made.conductor.spoken.lines[-1].by_model and made.conductor.spoken.text == worded


def test_a_late_choice_is_not_asked_in_the_next_round(typed: Desk) -> None:
    typed.conductor.write(SAID)
    late, _ = typed.later.pop()
    typed.conductor.command("skip")
    typed.work()
    assert typed.conductor.interview.state.round == 1
    late()
    assert len(typed.conductor.interview.state.lines) == 1


def spoken(text: str, start: float) -> list[Word]:
    return [Word(word, start + n * 0.4, start + n * 0.4 + 0.3) for n, word in enumerate(text.split())]


def test_spoken_words_arrive_in_pieces_and_the_last_ones_are_waited_for() -> None:
    voice = Voice()
    made = desk(voice)
    made.conductor.begin()
    voice.words = spoken("I would keep the mapping", 1.0)
    made.pass_time(3)
    voice.late = spoken("in one table.", 4.0)
    voice.seconds = 6.0
    made.conductor.command("done")
    assert made.conductor.interview.state.phase == "collecting"
    made.work()
    interview = made.conductor.interview
    turns = interview.state.dialogue.turns
    assert turns[1].text == "I would keep the mapping in one table."
    assert interview.rounds[0].lines[1].seconds == 6.0
    assert interview.rounds[0].lines[1].elicitation == "prompted"
    assert interview.rounds[0].files == (f"{interview.id_of_round(0)}.mp4",)


def test_silence_gets_encouragement_and_never_an_interruption() -> None:
    voice = Voice()
    made = desk(voice)
    made.conductor.begin()
    made.pass_time(60)
    voice.silent_seconds = 3.9
    said = made.conductor.spoken.number
    made.conductor.tick()
    assert made.conductor.spoken.number == said
    voice.silent_seconds = 30.0
    made.pass_time(1)
    assert made.conductor.spoken.text == "Take your time."


def test_nobody_who_writes_code_is_interrupted() -> None:
    voice = Voice()
    made = desk(voice)
    made.conductor.begin()
    made.pass_time(20)
    voice.silent_seconds = 30.0
    said = made.conductor.spoken.number
    for _ in range(15):
        made.conductor.wrote()
        made.pass_time(3)
    assert made.conductor.spoken.number == said
    made.pass_time(7)
    assert made.conductor.spoken.text == "Take your time."


@pytest.mark.slow
def test_a_probe_that_is_due_waits_until_nothing_is_being_written() -> None:
    voice = Voice(words=spoken(SAID, 1.0))
    made = desk(voice)
    made.conductor.begin()
    for _ in range(30):
        made.conductor.wrote()
        made.pass_time(1)
    voice.silent_seconds = 30.0
    made.conductor.wrote()
    made.pass_time(3)
    assert made.conductor.interview.state.probes == 0
    made.pass_time(3)
    assert made.conductor.interview.state.probes == 1


def test_a_pause_stops_the_clock_and_the_recording() -> None:
    voice = Voice()
    made = desk(voice)
    made.conductor.begin()
    made.pass_time(4)
    voice.seconds = 4.5
    made.conductor.command("pause")
    made.work()
    made.pass_time(20)
    made.conductor.command("resume")
    interview = made.conductor.interview
    assert voice.holds == [True, False]
    assert interview.state.clock.active_seconds == pytest.approx(4.0)
    assert interview.rounds[0].pauses == (4.5,)


def test_study_waits_with_the_next_question_until_it_is_asked_for() -> None:
    made = desk(TypedFloor(Draft(), lambda _: None), feedback="each")
    made.conductor.begin()
    made.conductor.command("skip")
    made.work()
    assert made.conductor.interview.state.round == 1
    assert made.conductor.interview.state.clock.paused
    made.conductor.command("resume")
    assert made.conductor.interview.state.phase == "listening"
    assert made.conductor.spoken.text.endswith(THREE[1].text)


def test_what_is_kept_of_an_interview_has_no_words_in_it_once_it_is_over_and_written_down(
    typed: Desk,
) -> None:
    typed.conductor.write(SAID)
    typed.work()
    typed.conductor.command("end")
    typed.work()
    waiting = to_kept(typed.kept[-1])
    assert typed.kept[-1].over and not waiting.over and SAID in waiting.state
    typed.conductor.note(partial(with_written, at=0))
    kept = typed.kept[-1]
    assert to_kept(kept).over and SAID not in to_kept(kept).state
    assert from_kept(to_kept(kept)).rounds == kept.rounds


def test_an_interview_that_is_being_erased_keeps_nothing_more(typed: Desk) -> None:
    kept = len(typed.kept)
    typed.conductor.close()
    typed.conductor.write(SAID)
    typed.pass_time(30)
    assert len(typed.kept) == kept


def test_a_form_of_another_version_says_so(typed: Desk) -> None:
    kept = to_kept(replace(typed.conductor.interview, form=99))
    with pytest.raises(RehearseError, match="another version"):
        from_kept(kept)
