from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from analysis.interview.facts.assumptions import VALUES
from analysis.interview.facts.reply_lines import HAND_BACK, OPEN
from analysis.interview.listener.understood import Claim, Doubt, Heard
from analysis.interview.loop.dialogue import last_asked
from analysis.interview.loop.events import (
    Begin,
    Command,
    Event,
    InterviewOver,
    Listen,
    Listened,
    PutInWords,
    Quiet,
    Reopened,
    RoundOver,
    Said,
    Say,
    TakeWords,
    Worded,
)
from analysis.interview.loop.state import State, answers, begin_state
from analysis.interview.loop.step import Step, step
from analysis.interview.moves import lines
from analysis.interview.moves.commands import CommandName
from analysis.interview.planning.plan import OPENING_SECONDS, Plan, Round
from data.domain import Fact, KeyPoint, Misconception, Question, Word

HINTS = ("Which side waits?", "Think of the caller.", "A breaker helps.")
POINT = KeyPoint("k1", "Adds a circuit breaker.", "What if the other side is slow?", "C4", hints=HINTS)
KNOWN = Misconception("Nothing is lost.", "Something may be lost.", "A disk dies: what then?", contradicts=1)
TABLE = Claim("we keep it in one table", "aside")
CACHE = Claim("the cache holds the list", "part", part="the cache")
NEW = Heard("...", words=20, fresh_words=9, claims=(TABLE,))
NOTHING_NEW = Heard("...", words=20, fresh_words=0)
STUCK = Heard("I don't know.", words=3, stance="stuck")


def a_question(name: str) -> Question:
    return Question(
        id=name,
        category="operations",
        level="mid",
        title=name,
        text=f"How would you run {name}?",
        topic="t",
        competencies=("C4",),
        minutes=4,
        key_points=(POINT,),
        misconceptions=(KNOWN,),
        facts=(
            Fact("volume", "About 100 million requests arrive a day."),
            Fact("loss", "Losing a message is not acceptable."),
        ),
    )


LONG_ENOUGH = "We would keep the mapping in one table and put a small service in front of it today."
PLAN = Plan((Round(a_question("one"), 4), Round(a_question("two"), 4)), 10)


def play(state: State, *events: Event) -> Step:
    after = Step(state)
    for event in events:
        after = step(after.state, event)
    return after


def begun(spoken: bool = True) -> State:
    return step(begin_state(PLAN, spoken=spoken), Begin()).state


def asked_on(state: State, at: float, heard: Heard = NEW) -> State:
    """The candidate answers and is asked on."""
    after = play(state, Said("An answer.", at, done=True), Listened(heard, at + 1))
    (wanted,) = after.actions
    assert isinstance(wanted, PutInWords)
    return step(after.state, Worded(wanted.line, at + 1)).state


def offered_to_move_on() -> State:
    """Silence in a round, an answer, and silence again."""
    return step(asked_on(step(begun(), Quiet(20, 26)).state, 40), Quiet(41, 86)).state


def said(after: Step) -> list[str]:
    return [action.text for action in after.actions if isinstance(action, Say)]


def candidate(state: State) -> list[tuple[str, str]]:
    return [(t.text, t.elicitation) for t in state.dialogue.turns if t.speaker == "candidate"]


def test_it_greets_and_asks_the_first_question() -> None:
    after = step(begin_state(PLAN), Begin())
    assert [a.kind for a in after.actions if isinstance(a, Say)] == ["greeting", "question"]
    assert said(after)[1] == "How would you run one?"


def test_an_answer_is_listened_to_and_what_was_heard_decides_on_the_line() -> None:
    after = play(begun(), Said("We keep it in one table.", 20, done=True))
    assert after.actions == (Listen(),)
    after = step(after.state, Listened(NEW, 21))
    (wanted,) = after.actions
    assert wanted == PutInWords(POINT.probe, "k1")
    said_it = step(after.state, Worded(wanted.line, 22, by_model=True))
    assert said_it.actions == (Say(wanted.line, "probe", by_model=True),)
    assert said_it.state.phase == "listening" and said_it.state.probes == 1


@pytest.mark.slow
def test_a_round_goes_on_while_answers_bring_something_new() -> None:
    state, decides = begun(), replace(NEW, claims=(replace(TABLE, kind="choice"),))
    for at in range(20, 200, 20):
        state = asked_on(state, at, decides)
    assert state.round == 0 and state.probes == 9


def test_answers_without_anything_new_end_the_round_when_nothing_easier_is_left() -> None:
    state = asked_on(begun(), 20, NOTHING_NEW)
    fresh = asked_on(asked_on(state, 30), 40, NOTHING_NEW)
    assert fresh.round == 0
    after = play(state, Said("As I said.", 40, done=True), Listened(NOTHING_NEW, 41))
    assert RoundOver(0) in after.actions and after.state.round == 1
    assert said(after) == [lines.NEXT_ROUND, "How would you run two?"]


def test_two_thin_answers_are_not_the_end_while_there_is_something_easier_to_ask() -> None:
    points = tuple(replace(POINT, id=f"k{at}", probe=f"Number {at}?", hints=()) for at in range(9))
    several = Plan((Round(replace(a_question("one"), key_points=points), 4), Round(a_question("two"), 4)), 10)
    state = step(begin_state(several), Begin()).state
    asked = []
    for at in range(20, 60, 10):
        state = asked_on(state, at, NOTHING_NEW)
        asked.append(state.lines[-1])
    assert state.round == 0 and len(set(asked)) == 4
    after = play(state, Said("As I said.", 60, done=True), Listened(NOTHING_NEW, 61))
    assert after.state.round == 1


def test_who_says_twice_that_there_is_nothing_more_is_believed() -> None:
    done = replace(NOTHING_NEW, stance="finished")
    state = asked_on(begun(), 20, done)
    assert play(state, Said("That is all.", 40, done=True), Listened(done, 41)).state.round == 1


def test_the_same_words_for_the_third_time_say_that_there_is_nothing_more() -> None:
    points = tuple(replace(POINT, id=f"k{at}", probe=f"Number {at}?", hints=()) for at in range(9))
    several = Plan((Round(replace(a_question("one"), key_points=points), 4), Round(a_question("two"), 4)), 10)
    state, again = step(begin_state(several), Begin()).state, replace(NOTHING_NEW, text="An answer.")
    state = asked_on(asked_on(state, 20, again), 30, again)
    assert play(state, Said("An answer.", 40, done=True), Listened(again, 41)).state.round == 1


def test_the_minutes_a_round_left_go_to_the_next() -> None:
    stale = asked_on(begun(), 20, NOTHING_NEW)
    moved = play(stale, Said("As I said.", 40, done=True), Listened(NOTHING_NEW, 41)).state
    assert moved.round_seconds > begun().round_seconds


def test_with_too_little_time_for_a_reply_nothing_more_is_asked() -> None:
    after = step(begun(), Said("All I have.", 245, done=True))
    assert RoundOver(0) in after.actions and after.state.round == 1


def test_a_known_wrong_claim_is_tested_once_and_noted_for_the_review() -> None:
    wrong = replace(NEW, doubts=(Doubt("nothing is ever lost", 0),), wrong_points=("k1",))
    after = play(
        begun(), Said("I commit first, so nothing is ever lost.", 20, done=True), Listened(wrong, 21)
    )
    (wanted,) = after.actions
    assert isinstance(wanted, PutInWords) and wanted.line.endswith(KNOWN.challenge)
    state = step(after.state, Worded(wanted.line, 22)).state
    assert state.dialogue.challenged == (0,)
    again = play(state, Said("Nothing.", 40, done=True), Listened(wrong, 41))
    assert KNOWN.challenge not in str(again.actions)


def test_what_follows_a_line_is_prompted_and_what_follows_a_hint_is_hinted() -> None:
    state = play(asked_on(begun(), 20), Said("Second.", 30)).state
    asked = play(state, Command("hint", 31), Said("", 31, done=True))
    assert asked.actions == (Listen(),)
    given = step(asked.state, Listened(NEW, 32))
    assert given.actions == (PutInWords(HINTS[0], "k1"),)
    state = play(given.state, Worded(HINTS[0], 32), Said("Third.", 40)).state
    marked = [("An answer.", "volunteered"), ("Second.", "prompted"), ("Third.", "hinted")]
    assert candidate(state) == marked
    assert state.probes == 1


def test_hints_are_three_steps_each_asked_for() -> None:
    state, given = begun(), []
    for at in range(20, 60, 10):
        after = play(state, Command("hint", at), Said("", at, done=True), Listened(NEW, at))
        (action,) = after.actions
        given.append(action)
        state = after.state
        if isinstance(action, PutInWords):
            state = step(state, Worded(action.line, at)).state
    assert given == [*(PutInWords(hint, "k1") for hint in HINTS), Say(lines.NO_HINT, "remark")]


def test_somebody_who_is_stuck_gets_a_smaller_question_and_then_the_next_one() -> None:
    first = asked_on(begun(), 20, STUCK)
    assert first.made.kinds == ("smaller_question",)
    assert first.lines[1:] == (f"Then smaller. {HINTS[0]}",)
    assert play(first, Said("No.", 40, done=True), Listened(STUCK, 41)).state.round == 1


def test_pieces_of_one_answer_are_one_turn_with_all_its_words() -> None:
    words = (Word("We", 1.0, 1.2), Word("cache.", 1.2, 1.5))
    more = (Word("And", 3.0, 3.2), Word("shard.", 3.2, 3.6))
    state = play(begun(), Said("We cache.", 10, words=words), Said("And shard.", 14, words=more)).state
    turn = state.dialogue.turns[-1]
    assert (turn.text, turn.words) == ("We cache. And shard.", words + more)
    assert (turn.start_seconds, turn.end_seconds) == (1.0, 3.6)


@pytest.mark.parametrize("silent", [0.0, 1.0, 3.9])
def test_it_never_speaks_into_a_pause_shorter_than_four_seconds(silent: float) -> None:
    state = play(begun(), Said("Well.", 20)).state
    assert step(state, Quiet(silent, 20 + silent)).actions == ()


def test_an_answer_of_some_length_and_a_silence_are_a_turn() -> None:
    state = play(begun(), Said(LONG_ENOUGH, 20)).state
    after = step(state, Quiet(4.0, 24))
    assert after.actions == (TakeWords(),)
    assert step(after.state, Said("And a queue.", 25, done=True)).actions == (Listen(),)


@pytest.mark.parametrize(
    ("turn_over", "waits", "ends"),
    [(None, 3.9, 4.0), (0.5, 3.9, 4.0), (0.99, 1.9, 2.0), (0.01, 5.9, 6.0)],
)
def test_how_an_answer_sounded_makes_its_silence_shorter_or_longer_within_limits(
    turn_over: float | None, waits: float, ends: float
) -> None:
    state = play(begun(), Said(LONG_ENOUGH, 20)).state
    assert step(state, Quiet(waits, 20 + waits, turn_over)).actions == ()
    assert step(state, Quiet(ends, 20 + ends, turn_over)).actions == (TakeWords(),)


def test_no_sound_hurries_a_beginning_or_lets_the_time_run_out() -> None:
    short = play(begun(), Said("Well.", 20)).state
    assert step(short, Quiet(5.0, 25, 1.0)).actions == ()
    late = play(begun(), Said(LONG_ENOUGH, 200)).state
    assert step(late, Quiet(2.0, 263, 0.0)).actions == (TakeWords(),)


def test_silence_is_encouraged_once_and_then_left_in_peace_until_help_comes() -> None:
    first = step(begun(), Quiet(20, 26))
    assert said(first) == [lines.NUDGES[0][0]]
    assert step(first.state, Quiet(39, 65)).actions == ()
    helping = step(first.state, Quiet(41, 67))
    assert helping.actions == (TakeWords(),)
    helped = play(helping.state, Said("", 68, done=True), Listened(Heard(stance="stuck"), 69))
    assert helped.state.move is not None and helped.state.move.kind == "smaller_question"


def test_the_second_word_into_silence_is_the_offer_to_move_on_and_comes_late() -> None:
    state = asked_on(step(begun(), Quiet(20, 26)).state, 40)
    assert step(state, Quiet(38, 82)).actions == ()
    offered = step(state, Quiet(41, 86))
    assert said(offered) == [lines.NUDGES[1][0]]
    assert step(offered.state, Quiet(39, 126)).actions == ()
    assert step(offered.state, Quiet(41, 128)).actions == (TakeWords(),)


def test_a_short_reply_to_a_line_gets_some_patience_before_it_is_a_turn() -> None:
    state = play(asked_on(begun(), 20), Said("Five minutes.", 30)).state
    assert step(state, Quiet(5.0, 35)).actions == ()
    assert step(state, Quiet(6.0, 36)).actions == (TakeWords(),)


def with_pauses(state: State, until: int) -> State:
    """Somebody speaks on the subject and stops for a breath now and then."""
    for at in range(int(state.clock.active_seconds), until, 20):
        state = play(state, Said("We keep it in one table.", at), Quiet(1.0, at + 1)).state
    return state


def test_who_speaks_for_very_long_is_stopped_at_a_breath_and_not_in_a_word() -> None:
    state = with_pauses(begun(), 131)
    assert step(state, Quiet(0.5, 131)).actions == ()
    assert step(state, Quiet(1.6, 132)).actions == (Say(lines.HOLD_THERE, "remark"), TakeWords())


def test_a_minute_without_any_pause_is_cut_into_and_the_line_says_so() -> None:
    talking = play(begun(), Quiet(0.0, 40), Quiet(0.0, 60))
    assert talking.actions == ()
    cut = step(talking.state, Quiet(0.0, 75))
    assert cut.actions == (TakeWords(),)
    after = play(
        cut.state,
        Said("And another thing.", 76, done=True),
        Listened(replace(NEW, claims=(replace(CACHE, likeness=0.6),)), 77),
    )
    (wanted,) = after.actions
    assert isinstance(wanted, PutInWords) and "stop you" in wanted.line
    assert not step(after.state, Worded(wanted.line, 78)).state.cut_in


def test_who_writes_for_a_minute_is_not_cut_into() -> None:
    writing = play(begun(), *(Quiet(0.0, at, unheard_seconds=at - 10.0) for at in range(20, 120, 10)))
    assert writing.actions == ()


def test_who_has_gone_astray_is_cut_into_at_a_breath() -> None:
    story = (
        "At the weekend we hiked in the mountains with my brother and saw a fox and two eagles there. " * 8
    )
    state = play(begun(), Said(story, 60)).state
    assert step(state, Quiet(1.0, 61)).actions == ()
    assert step(state, Quiet(1.6, 62)).actions == (TakeWords(),)


def test_silence_begins_to_count_when_the_question_has_been_read_aloud() -> None:
    state = begun()
    assert state.quiet_at > 1.0
    assert step(state, Quiet(6.0, 6.0)).actions == ()


def test_yes_to_the_offer_moves_on_and_no_is_not_part_of_the_answer() -> None:
    state = offered_to_move_on()
    assert step(state, Said("Yes, please.", 88)).state.round == 1
    stayed = step(state, Said("No, thanks.", 88)).state
    assert candidate(stayed) == [("An answer.", "volunteered")] and stayed.phase == "listening"


def test_the_time_left_is_mentioned_once_and_only_into_a_pause() -> None:
    state = play(asked_on(begun(), 180), Said("Talking.", 209)).state
    assert step(state, Quiet(0.5, 210)).actions == ()
    reminded = step(state, Quiet(2.0, 211))
    assert said(reminded) == ["About 1 minute left on this one."]
    assert step(reminded.state, Quiet(3.0, 212)).actions == ()


def test_when_a_round_is_over_the_last_words_are_taken_before_the_next_question() -> None:
    state = play(begun(), Said("Talking.", 260)).state
    after = step(state, Quiet(2.0, 263))
    assert after.actions == (TakeWords(),)
    moved = step(after.state, Said("The end.", 264, done=True))
    assert moved.state.dialogues[0].turns[-1].text == "Talking. The end."
    assert moved.state.round == 1


def test_the_interview_ends_when_its_minutes_are_used_even_without_a_pause() -> None:
    after = step(begun(), Quiet(0.0, PLAN.minutes * 60 - 10))
    assert after.actions == (TakeWords(),)
    ended = step(after.state, Said("All I said.", 500, done=True))
    assert InterviewOver() in ended.actions and ended.state.phase == "ended"
    assert [answer.candidate_text for answer in answers(ended.state)] == ["All I said."]


def test_words_still_being_transcribed_when_the_minutes_are_used_are_waited_for() -> None:
    late = PLAN.minutes * 60
    after = play(begun(), Quiet(0.0, late - 10), Quiet(1.0, late - 9), Quiet(2.0, late - 8))
    assert after.actions == () and after.state.phase == "collecting"
    ended = step(after.state, Said("All I said.", late - 7, done=True)).state
    assert [answer.candidate_text for answer in answers(ended)] == ["All I said."]


def test_a_probe_that_is_not_chosen_in_time_does_not_hold_up_the_end() -> None:
    thinking = play(begun(), Said("First.", 200, done=True)).state
    ended = step(thinking, Quiet(5.0, PLAN.minutes * 60))
    assert ended.actions == (RoundOver(0), Say(lines.OUT_OF_TIME, "remark"), InterviewOver())


def test_a_late_round_gets_its_share_of_what_is_left() -> None:
    state = play(begun(), Said("Long.", 400, done=True)).state
    assert state.round == 1
    assert state.round_seconds <= PLAN.minutes * 60 - 400


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("How many requests are there a day?", "About 100 million requests arrive a day."),
        ("May we lose a message?", "Losing a message is not acceptable."),
        ("Is there a limit per customer?", OPEN[0]),
    ],
)
def test_a_clarifying_question_is_answered_from_the_facts_only(asked: str, reply: str) -> None:
    after = step(begun(spoken=False), Said(asked, 20, done=True))
    assert said(after) == [reply]
    assert after.state.phase == "listening" and after.state.probes == 0


def test_an_assumption_is_kept_in_the_state_and_stays_the_same() -> None:
    asked = "What is the peak compared to an ordinary hour?"
    first = step(begun(spoken=False), Said(asked, 20, done=True))
    again = step(first.state, Said(asked, 40, done=True))
    assert [one.about for one in again.state.dialogue.assumptions] == ["peak"]
    assert VALUES["peak"] in said(first)[0] and VALUES["peak"] in said(again)[0]


def test_what_was_asked_at_the_end_of_a_spoken_turn_is_answered_before_anything_is_probed() -> None:
    silent = play(begun(), Said("I would begin with a queue.", 60), Quiet(30, 120)).state
    assert silent.phase == "collecting" and silent.after == "probe"
    after = step(silent, Said("And how many requests are there a day?", 121, done=True))
    assert said(after) == ["About 100 million requests arrive a day."]
    assert after.state.phase == "listening" and last_asked(after.state) == PLAN.rounds[0].question.text


def test_what_is_asked_when_no_time_for_more_is_left_is_answered_and_the_round_is_over() -> None:
    state = step(begun(), Said("I would begin with a queue.", 60)).state
    after = step(state, Said("And how many requests are there a day?", 245, done=True))
    assert said(after)[0] == "About 100 million requests arrive a day."
    assert RoundOver(0) in after.actions and after.state.round == 1


def test_a_question_the_candidate_answers_themselves_is_left_alone() -> None:
    after = step(begun(), Said("So what happens when the cache dies?", 20))
    assert after.actions == ()


COMMANDS: list[tuple[str, CommandName]] = [
    ("Sorry, could you repeat the question?", "repeat"),
    ("Can you say that again please", "repeat"),
    ("Let's skip this one.", "skip"),
    ("I'd like to skip.", "skip"),
    ("Next question, please.", "next"),
    ("I don't know, next one.", "next"),
    ("Can we move on?", "next"),
    ("Let's move on to the next question.", "next"),
    ("Can we pause for a moment?", "pause"),
    ("I'm done.", "done"),
    ("That's all from my side.", "done"),
    ("Please end the interview.", "end"),
    ("Could you give me a hint?", "hint"),
]


@pytest.mark.parametrize(("phrase", "name"), COMMANDS)
def test_a_spoken_command_does_what_the_button_does_and_is_no_part_of_the_answer(
    phrase: str, name: CommandName
) -> None:
    spoken = step(begun(), Said(f"We add a cache. {phrase}", 20))
    pressed = step(play(begun(), Said("We add a cache.", 20)).state, Command(name, 20))
    if TakeWords() in pressed.actions:
        pressed = step(pressed.state, Said("", 20, done=True))
        expected = [action for action in pressed.actions if action != TakeWords()]
        assert list(spoken.actions)[-len(expected) :] == expected if expected else True
    else:
        assert spoken.actions == pressed.actions
    assert spoken.state.phase == pressed.state.phase
    assert spoken.state.dialogues[0].turns[1].text == "We add a cache."


@pytest.mark.parametrize(
    "text",
    [
        "The client would repeat the request.",
        "Then consumers skip this message.",
        "We pause the consumer for a moment.",
        "We continue.",
        "And when the cache is hit that's it for the database.",
        "I would end the transaction and move on to the next partition.",
    ],
)
def test_words_of_an_answer_are_not_commands(text: str) -> None:
    after = step(begun(), Said(text, 20))
    assert after.actions == () and candidate(after.state) == [(text, "volunteered")]


def test_paused_time_does_not_count_and_what_is_said_then_is_not_kept() -> None:
    paused = play(begun(), Said("Before.", 20), Command("pause", 30), Said("Last.", 31, done=True)).state
    talked = play(paused, Said("The post is here.", 300), Quiet(60, 500)).state
    resumed = step(talked, Said("I'm back.", 930))
    assert resumed.state.clock.active_seconds == 30
    assert candidate(resumed.state) == [("Before. Last.", "volunteered")]
    assert said(resumed) == [lines.RESUMED, "How would you run one?"]
    assert step(resumed.state, Quiet(1, 935)).state.spent_seconds == 35 - OPENING_SECONDS


def test_end_leaves_the_answers_given_so_far_to_be_scored() -> None:
    state = play(begun(), Said("One answer.", 20), Command("next", 21), Said("", 21, done=True)).state
    ended = play(state, Command("end", 30), Said("", 30, done=True))
    assert ended.actions[-1] == InterviewOver() and ended.state.phase == "ended"
    assert [answer.question.id for answer in answers(ended.state)] == ["one"]
    assert step(ended.state, Said("More.", 40)).state == ended.state


def test_a_skipped_question_is_not_an_answer() -> None:
    state = step(begun(), Said("Skip this one.", 20)).state
    assert state.dialogues[0].ending == "skipped" and answers(state) == ()


def kept_again(state: State) -> State:
    """As it comes back from the database, where it is kept as part of the interview."""
    form = TypeAdapter(State)
    return form.validate_json(form.dump_json(state))


def test_a_state_kept_with_a_field_that_is_no_more_is_still_read() -> None:
    form = TypeAdapter(State)
    written = form.dump_python(begun(), mode="json") | {"version": 1}
    assert form.validate_python(written) == begun()


def test_an_interview_goes_on_at_the_same_turn_after_the_lid_was_closed() -> None:
    words = (Word("We", 1.0, 1.2), Word("cache.", 1.2, 1.5))
    before = play(begun(), Said("We cache.", 20, words=words), Quiet(2, 22)).state
    kept = kept_again(before)
    assert kept == before
    assert [answer.candidate_text for answer in answers(kept)] == ["We cache."]
    back = step(kept, Reopened(5.0))
    assert said(back) == [lines.REOPENED, "How would you run one?"]
    assert back.state.clock.active_seconds == 22
    assert step(back.state, Said("And shard.", 8)).state.clock.active_seconds == 25


def test_reopened_while_listening_or_wording_it_is_listened_again() -> None:
    thinking = play(begun(), Said("First.", 20, done=True)).state
    back = step(kept_again(thinking), Reopened(0.0))
    assert back.actions[-1] == Listen()
    wording = step(back.state, Listened(NEW, 2)).state
    assert step(kept_again(wording), Reopened(0.0)).actions[-1] == Listen()
    assert step(wording, Worded("Why?", 2)).state.phase == "listening"


def test_reopened_while_words_were_collected_it_goes_on_without_them() -> None:
    collecting = play(begun(), Said("First.", 20), Command("skip", 21)).state
    back = step(kept_again(collecting), Reopened(0.0))
    assert back.state.round == 1 and back.state.phase == "listening"


def test_in_a_typed_interview_silence_means_nothing_and_time_is_said_once() -> None:
    state = begun(spoken=False)
    assert step(state, Quiet(60, 60)).actions == ()
    over = play(state, Quiet(60, 200), Quiet(60, 260))
    assert said(over) == [lines.SEND_NOW]
    assert step(over.state, Quiet(60, 262)).actions == ()
    assert step(over.state, Said("What I have.", 265, done=True)).state.round == 1


@pytest.mark.parametrize(
    "wish", ["I don't know, to be honest. Can we go on?", "Please, a other question.", "We can move on."]
)
def test_a_wish_to_go_on_is_never_answered_as_a_question(wish: str) -> None:
    moved = step(asked_on(begun(), 20), Said(wish, 40, done=True))
    assert moved.state.round == 1 and said(moved)[0] == lines.NEXT_ROUND


def test_a_wish_that_was_heard_before_the_turn_was_handed_over_is_understood_then() -> None:
    state = step(asked_on(begun(), 20), Said("Let's take the next one, this leads nowhere.", 40)).state
    assert step(state, Said("", 42, done=True)).state.round == 1


def test_who_only_says_that_they_are_stuck_is_told_no_fact() -> None:
    after = step(asked_on(begun(), 20), Said("I haven't thought about that.", 40, done=True))
    assert after.actions == (Listen(),)


def test_a_wish_for_help_gets_a_hint() -> None:
    helped = play(
        asked_on(begun(), 20), Said("Can you help me a bit there?", 40, done=True), Listened(STUCK, 41)
    )
    assert helped.state.move is not None and helped.state.move.kind == "hint_step"


def test_a_wish_at_the_end_of_a_spoken_turn_is_understood_after_the_silence() -> None:
    silent = play(asked_on(begun(), 20), Said("I have nothing better there.", 40), Quiet(6, 47)).state
    assert step(silent, Said("Shall we take the next point?", 48, done=True)).state.round == 1


@pytest.mark.parametrize(
    "wish",
    [
        "Can you help me a bit there?",
        "Is there a limit per customer?",
        "Sorry, can you say that again?",
        "How many requests are there a day?",
        "Can I have a minute to think?",
        "Why do you keep asking me that?",
    ],
)
@pytest.mark.parametrize("spoken", [True, False])
def test_whoever_says_the_same_again_and_again_is_taken_on_and_hears_no_line_thrice(
    wish: str, spoken: bool
) -> None:
    state, at, heard = begun(spoken), 20.0, []
    while state.phase != "ended" and state.round == 0 and at < 200:
        after, at = step(state, Said(wish, at, done=True)), at + 10
        while after.state.phase == "thinking":
            heard += said(after)
            wanted = after.actions[-1]
            event = Worded(wanted.line, at) if isinstance(wanted, PutInWords) else Listened(NOTHING_NEW, at)
            after = step(after.state, event)
        heard += said(after)
        state = after.state
    assert state.round == 1 or "minute to think" in wish
    assert all(heard.count(line) <= 3 for line in heard)
    assert "say that again" in wish or not any(a == b for a, b in zip(heard, heard[1:], strict=False))


def test_a_minute_to_think_is_granted_and_nothing_is_said_into_it() -> None:
    asked = step(asked_on(begun(), 20), Said("Can I have a minute to think?", 40, done=True))
    assert said(asked) == [lines.MOMENTS[0]]
    assert step(asked.state, Quiet(55, 96)).actions == ()
    assert said(step(asked.state, Quiet(70, 111))) == [lines.NUDGES[0][0]]


def test_the_minutes_left_are_told_to_whoever_asks_and_no_fact_about_minutes() -> None:
    told = step(asked_on(begun(), 20), Said("How many minutes are left?", 40, done=True))
    assert said(told)[0].startswith("About ") and said(told)[0].endswith("left on this one.")


def test_one_minute_is_told_in_the_singular() -> None:
    state = asked_on(begun(), 20)
    late = replace(state, round_seconds=state.spent_seconds + 80)
    told = step(late, Said("How many minutes are left?", 40, done=True))
    assert said(told) == ["About 1 minute is left on this one."]


def test_what_was_asked_before_the_turn_was_handed_over_is_answered() -> None:
    asked = step(begun(), Said("Okay, and what is the budget?", 20))
    assert asked.actions == ()
    assert said(step(asked.state, Said("", 24, done=True))) == [HAND_BACK["budget"]]


def test_nobody_is_reminded_of_the_time_in_the_middle_of_a_sentence() -> None:
    state = asked_on(begun(), 180)
    speaking = step(state, Said("There is one table. And then the", 209)).state
    assert step(speaking, Quiet(2.0, 211)).actions == ()
    over = step(speaking, Said("worker takes it.", 212)).state
    assert said(step(over, Quiet(2.0, 215))) == ["About 1 minute left on this one."]


def test_the_next_round_encourages_in_other_words() -> None:
    state = step(offered_to_move_on(), Said("Yes, please.", 88)).state
    assert said(step(state, Quiet(20, 120)))[0] == lines.NUDGES[0][1]


def test_who_was_told_the_time_is_not_reminded_of_it() -> None:
    asked = play(begun(), Said("How much time do we have left?", 20, done=True)).state
    assert asked.reminded
