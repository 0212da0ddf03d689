"""The turn loop of a mock interview as a pure state machine: `step(state, event) -> Step`.

It runs the same in the app, in tests and from a script; time only enters through events. The interviewer
speaks only into silence, with two exceptions: when the whole interview has used its minutes, and when
somebody has talked for a minute without a pause.

From words to a line: `Said` or silence ends a turn, `Listen` has it listened to, `Listened` brings what was
heard, the planner decides, the speaker words it, `PutInWords` may have it worded better, `Worded` says it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.interview.facts.answer_facts import reply_of_kind, reply_to
from analysis.interview.facts.reply import Reply
from analysis.interview.listener.asked_of_us import request_at_end
from analysis.interview.listener.understood import Heard
from analysis.interview.loop.deciding import (
    FRESH_WORDS,
    MOST_IDLE,
    after_hearing,
    after_move,
    argues,
    asks_for_our_notes,
    asks_nothing,
    in_plainer_words,
    is_exhausted,
    is_left_to_them,
    needs_come_first,
    next_move,
    speaks_of_the_talk,
    standing_of,
)
from analysis.interview.loop.dialogue import (
    add_line,
    add_reply,
    add_words,
    asked_again,
    current_words,
    has_new_words,
    has_spoken,
    last_asked,
)
from analysis.interview.loop.events import (
    Action,
    Begin,
    Command,
    Event,
    Failed,
    InterviewOver,
    LineKind,
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
    Work,
)
from analysis.interview.loop.state import After, Ending, RoundMoves, State
from analysis.interview.loop.timing import (
    MOMENT_SECONDS,
    after_quiet,
    due,
    has_time_for_more,
    is_interview_over,
    is_long,
    is_round_over,
    round_seconds,
)
from analysis.interview.moves import lines
from analysis.interview.moves.commands import CommandName, hear_command
from analysis.interview.planner.moves import Move
from analysis.interview.planning.plan import OPENING_SECONDS
from analysis.interview.speaker.line import line_for


@dataclass(frozen=True, slots=True)
class Step:
    """The state after an event, and what to do about it, in order."""

    state: State
    actions: tuple[Action, ...] = ()


def step(state: State, event: Event) -> Step:
    """What happens next. An event that makes no sense now changes nothing but the clock."""
    if state.phase == "ended":
        return Step(state)
    if isinstance(event, Reopened):
        return _reopen(state, event)
    now = replace(state, clock=state.clock.at(event.seconds))
    match event:
        case Begin() if now.phase == "waiting":
            return _ask(now, (Say(lines.greeting(now.plan), "greeting"),))
        case Said():
            return _hear(now, event)
        case Quiet() if not now.clock.paused:
            return _wait(now, event)
        case Listened() | Worded() if now.phase == "thinking":
            return _think(now, event)
        case Command():
            return _obey(now, event.name, by_voice=False)
        case Failed():
            return _fail(now, event.work)
        case _:
            return Step(now)


def _ask(state: State, first: tuple[Action, ...] = ()) -> Step:
    """Put the question of the current round, if its share of the time left is worth beginning."""
    seconds = round_seconds(state)
    if seconds is None:
        return _end(state, first, lines.OUT_OF_TIME)
    fresh = replace(
        state,
        phase="listening",
        after=None,
        round_at=max(state.clock.active_seconds, OPENING_SECONDS),
        round_seconds=seconds,
        made=RoundMoves(),
        move=None,
        nudges=0,
        reminded=False,
        elicitation="volunteered",
    )
    text = fresh.current.question.text
    return Step(add_line(fresh, text, opens_round=True), (*first, Say(text, "question")))


def _hear(state: State, said: Said) -> Step:
    """Words of the candidate. Words that arrive while a probe is being chosen still belong to the answer."""
    if state.phase == "collecting" and state.after is not None:
        told = add_words(state, said.text, said.words)
        if state.after != "probe":
            return _proceed(told, state.after)
        return _responded(told, current_words(told), handed_over=True) or _proceed(told, "probe")
    if state.clock.paused:
        resumes = hear_command(said.text, paused=True).command == "resume"
        return _obey(state, "resume", by_voice=True) if resumes else Step(state)
    if state.phase == "thinking":
        return Step(add_words(state, said.text, said.words))
    if state.phase != "listening":
        return Step(state)
    offered = state.nudges > 0 and state.made.nudged >= lines.MOST_NUDGES
    heard = hear_command(said.text, offered=offered)
    kept = said.words[: len(said.words) - heard.dropped_words] if heard.dropped_words else said.words
    told = add_words(state, heard.text, kept)
    if heard.command == "repeat":
        return _repeat(told)
    if heard.command:
        return _obey(told, heard.command, by_voice=True)
    if heard.dropped_words:
        return Step(_left_in_peace(told))
    return _followed(told, heard.text, handed_over=said.done)


def _followed(state: State, said: str, *, handed_over: bool) -> Step:
    """What follows from words that hold no command; the turn handed over, from all that was said in it."""
    heard = current_words(state) if handed_over and not said else said
    responded = _responded(state, heard, handed_over=handed_over)
    return responded or (_proceed(state, "probe") if handed_over else Step(state))


def _responded(state: State, said: str, *, handed_over: bool) -> Step | None:
    """What follows from a request or a question to us; None when there is none."""
    if handed_over and asks_for_our_notes(said):
        return _answered(state, said, handed_over=True)
    request = request_at_end(said, finished=handed_over)
    match request:
        case None:
            return _answered(state, said, handed_over=handed_over)
        case "moment":
            return _grant_a_moment(state)
        case "time":
            reply = reply_of_kind("time", said, state.current.question, seconds_left=state.round_left_seconds)
            return _reply(state, reply, handed_over=handed_over)
        case "repeat":
            return _repeat(state)
        case _:
            return _proceed(_idled(state), request)


def _repeat(state: State) -> Step:
    """What was asked once more, but not for ever."""
    idled, again = _idled(state), asked_again(state)
    if idled.made.idle > MOST_IDLE:
        return _next_round(idled, "done")
    told = add_line(_listening(idled), again) if has_spoken(idled) else replace(idled, nudges=0)
    return Step(told, (Say(again, "repeat"),))


def _grant_a_moment(state: State) -> Step:
    """Silence does not count for a minute, or as long as the round lasts."""
    given = sum(text in lines.MOMENTS for text in state.dialogue.replies)
    if given >= len(lines.MOMENTS):
        return Step(_left_in_peace(_listening(state)))
    text = lines.MOMENTS[given]
    replied = add_reply(_listening(state), Reply("check_in", text))
    return Step(_left_in_peace(replied), (Say(text, "fact"),))


def _left_in_peace(state: State) -> State:
    until = state.clock.active_seconds + min(MOMENT_SECONDS, state.round_left_seconds)
    return replace(state, quiet_at=until)


def _listening(state: State) -> State:
    return replace(state, phase="listening", after=None)


def _idled(state: State) -> State:
    """One more request without anything new, if nothing new came with it."""
    idle = 0 if has_new_words(state, FRESH_WORDS) else state.made.idle + 1
    return replace(state, made=replace(state.made, idle=idle))


def _answered(state: State, said: str, *, handed_over: bool) -> Step | None:
    """The reply to what was asked, after which it is still their turn."""
    reply = reply_to(
        said,
        state.current.question,
        state.dialogue.assumptions,
        seconds_left=state.round_left_seconds,
        finished=handed_over,
        probed=state.probes > 0 and state.lines[-1] not in state.dialogue.replies,
        told=state.dialogue.replies,
    )
    if reply is None or reply.move == "check_in" and needs_come_first(state):
        return None
    if handed_over and (asks_nothing(said) or is_left_to_them(reply) and speaks_of_the_talk(said)):
        return None
    if reply.move in ("check_in", "hand_back", "assume") and argues(said):
        return None
    return _reply(state, in_plainer_words(state, reply), handed_over=handed_over)


def _reply(state: State, reply: Reply, *, handed_over: bool) -> Step | None:
    """Say it, unless it was said just now. Who asks on without anything new is taken to the next question."""
    if not handed_over:
        told = reply.text in state.dialogue.replies
        return None if told else Step(add_reply(_listening(state), reply), (Say(reply.text, "fact"),))
    idled = replace(_idled(state), reminded=state.reminded or reply.move == "time_left")
    if idled.made.idle > MOST_IDLE:
        return _next_round(idled, "done")
    if reply.text == state.lines[-1]:
        return _proceed(idled, "probe")
    replied, line = add_reply(_listening(idled), reply), Say(reply.text, "fact")
    if idled.dialogue.is_answered and not has_time_for_more(idled):
        after = _next_round(replied, "done")
        return Step(after.state, (line, *after.actions))
    return Step(replied, (line,))


def _wait(state: State, quiet: Quiet) -> Step:
    """Time passes: end, move on, probe, cut in, remind, encourage, or simply wait."""
    if is_interview_over(state):
        return _time_is_up(state)
    heard = after_quiet(state, quiet)
    if heard.phase != "listening":
        return Step(heard)
    match due(heard, quiet.silent_seconds, quiet.turn_over):
        case "next":
            return _collect(heard, "next")
        case "send":
            return Step(replace(heard, reminded=True, nudges=lines.MOST_NUDGES), _remark(lines.SEND_NOW))
        case "probe":
            return _collect(heard, "probe", _remark(lines.HOLD_THERE) if is_long(heard) else ())
        case "cut_in":
            return _collect(replace(heard, cut_in=True), "probe")
        case "remind":
            text = lines.time_left(heard.round_left_seconds)
            return Step(replace(heard, reminded=True), (Say(text, "reminder"),))
        case "nudge":
            return _encourage(heard)
        case _:
            return Step(heard)


def _encourage(state: State) -> Step:
    """A word into the silence, another each time."""
    text = lines.NUDGES[state.made.nudged][state.round % len(lines.NUDGES[0])]
    made = replace(state.made, nudged=state.made.nudged + 1)
    waited = replace(state, nudges=state.nudges + 1, made=made, quiet_at=state.clock.active_seconds)
    return Step(waited, (Say(text, "nudge"),))


def _time_is_up(state: State) -> Step:
    """The end of the whole interview; words that are being collected are still waited for."""
    match state.phase:
        case "listening":
            return _collect(state, "end")
        case "collecting":
            return Step(replace(state, after="end"))
        case "thinking":
            return _end(state, (), lines.OUT_OF_TIME)
        case _:
            return Step(state)


def _remark(text: str) -> tuple[Action, ...]:
    return (Say(text, "remark"),)


def _collect(state: State, after: After, first: tuple[Action, ...] = ()) -> Step:
    """Ask for the words that were heard but not sent yet, and go on when they have come."""
    return Step(replace(state, phase="collecting", after=after), (*first, TakeWords()))


def _proceed(state: State, after: After) -> Step:
    """The answer is complete: what follows it."""
    match after:
        case "pause":
            return Step(replace(state, phase="listening", after=None))
        case "hint":
            return Step(replace(state, phase="thinking", after="hint", move=None), (Listen(),))
        case "probe" if has_time_for_more(state):
            return Step(replace(state, phase="thinking", after="probe", move=None), (Listen(),))
        case "end":
            finished = _close(state, "done")
            said = lines.OUT_OF_TIME if is_interview_over(state) else lines.CLOSING
            return _end(finished, (RoundOver(state.round),) if state.dialogues else (), said)
        case "skip":
            return _next_round(state, "skipped")
        case "next":
            return _next_round(state, "done" if state.dialogue.is_answered else "skipped")
        case _:
            return _next_round(state, "done")


def _think(state: State, event: Listened | Worded) -> Step:
    """First the listener's result, then the line; another order makes no sense."""
    match event:
        case Listened(heard) if state.move is None:
            return _decide(state, heard)
        case Worded() if state.move is not None:
            return _say(state, state.move, event)
        case _:
            return Step(state)


def _decide(state: State, heard: Heard) -> Step:
    """The move that fits what was heard; a round ends when nothing new comes and nothing easier is left."""
    hints = state.after == "hint"
    told = state if hints else after_hearing(state, heard)
    if is_interview_over(state) or not hints and is_exhausted(told, heard):
        return _next_round(told, "done")
    move = next_move(told, heard, hint=hints)
    if hints and move.kind != "hint_step":
        if told.made.idle >= MOST_IDLE:
            return _next_round(told, "done")
        spent = replace(told, made=replace(told.made, idle=MOST_IDLE))
        return Step(_listening(spent), _remark(lines.NO_HINT))
    line = line_for(move, standing_of(told))
    if move.kind == "wait":
        return _let_finish(told, line)
    if not line:
        return _next_round(told, "done")
    return Step(replace(told, move=move), (PutInWords(line, move.point),))


def _let_finish(state: State, line: str) -> Step:
    """Whoever stopped in the middle of a sentence goes on with the same turn."""
    made = replace(state.made, kinds=(*state.made.kinds, "wait"))
    listening = replace(_listening(state), made=made, quiet_at=state.clock.active_seconds)
    return Step(listening, (Say(line, "nudge"),) if line else ())


def _say(state: State, move: Move, worded: Worded) -> Step:
    """The line for a move is there, unless the time has run out meanwhile; nothing is said twice in a row."""
    again = worded.text == state.lines[-1]
    text = line_for(move, standing_of(state)) if again else worded.text
    if is_interview_over(state) or text in ("", state.lines[-1]):
        return _next_round(state, "done")
    asked = after_move(state, move)
    kind: LineKind = "hint" if move.kind == "hint_step" else "probe"
    return Step(add_line(asked, text), (Say(text, kind, worded.by_model and not again),))


def _close(state: State, ending: Ending) -> State:
    if not state.dialogues:
        return state
    return replace(state, dialogues=(*state.dialogues[:-1], replace(state.dialogue, ending=ending)))


def _next_round(state: State, ending: Ending) -> Step:
    over = RoundOver(state.round)
    closed = _close(state, ending)
    if state.round + 1 >= len(state.plan.rounds):
        return _end(closed, (over,), lines.CLOSING)
    between = lines.TIME_UP if is_round_over(state) else lines.NEXT_ROUND
    return _ask(replace(closed, round=state.round + 1), (over, Say(between, "remark")))


def _end(state: State, first: tuple[Action, ...], text: str) -> Step:
    open_round = state.dialogue.ending == "open" and bool(state.dialogues)
    over = (RoundOver(state.round),) if open_round and not first else ()
    ended = replace(_close(state, "done") if open_round else state, phase="ended", after=None)
    return Step(ended, (*first, *over, Say(text, "remark"), InterviewOver()))


def _obey(state: State, name: CommandName, *, by_voice: bool) -> Step:
    """A command by button asks for the words not sent yet first; one by voice came with them."""
    listening = state.phase == "listening" and not state.clock.paused
    match name:
        case "pause" if not state.clock.paused and state.phase in ("listening", "thinking", "collecting"):
            paused = replace(state, clock=replace(state.clock, paused=True))
            if by_voice or not listening:
                return Step(paused, _remark(lines.PAUSED))
            return _collect(paused, "pause", _remark(lines.PAUSED))
        case "resume" if state.clock.paused:
            return _resume(state, lines.RESUMED)
        case "repeat" if state.dialogues:
            return Step(replace(state, nudges=0), (Say(last_asked(state), "repeat"),))
        case "skip" | "done" | "hint" | "next" if listening:
            after: After = "probe" if name == "done" else name
            return _proceed(state, after) if by_voice else _collect(state, after)
        case "skip" | "next" if state.phase == "thinking":
            return _proceed(state, name)
        case "end":
            if listening and not by_voice:
                return _collect(state, "end")
            return _proceed(replace(state, clock=replace(state.clock, paused=False)), "end")
        case _:
            return Step(state)


def _resume(state: State, text: str) -> Step:
    running = replace(state.clock, paused=False)
    collected = state.phase == "collecting" and state.after == "pause"
    phase = "listening" if collected else state.phase
    after = None if collected else state.after
    going = replace(state, clock=running, phase=phase, after=after, quiet_at=running.active_seconds)
    return Step(going, (Say(text, "remark"), Say(last_asked(state), "repeat")))


def _fail(state: State, work: Work) -> Step:
    """Go on without what failed. Spoken words are in the recording, written ones are still in their box."""
    match work:
        case "keep":
            return Step(state, _remark(lines.NOT_KEPT))
        case "round":
            return Step(state, _remark(lines.NOT_PUT_AWAY))
        case "recording":
            return Step(state, _remark(lines.NOT_RECORDED))
        case "probe" if state.phase == "thinking":
            return _without_help(state)
        case "words" if state.phase == "collecting" and state.after is not None:
            if state.spoken or state.after in ("skip", "end", "pause"):
                return _proceed(state, state.after)
            return Step(replace(state, phase="listening", after=None), _remark(lines.SEND_AGAIN))
        case _:
            return Step(state)


def _without_help(state: State) -> Step:
    """Listening or wording failed: the plain line of the move, or the next one of the question bank."""
    if state.move is not None:
        return _say(state, state.move, Worded(line_for(state.move, standing_of(state)), 0.0))
    decided = _decide(state, Heard(fresh_words=FRESH_WORDS))
    return _without_help(decided.state) if decided.state.move is not None else decided


def _reopen(state: State, event: Reopened) -> Step:
    """Go on at the same turn. Words that were being collected or a probe being chosen are asked for anew."""
    back = replace(state, clock=state.clock.reopened(event.seconds))
    if back.phase == "waiting":
        return Step(back)
    going = _resume(back, lines.REOPENED)
    if back.phase == "thinking":
        return Step(replace(going.state, move=None), (*going.actions[:1], Listen()))
    if going.state.phase == "collecting" and back.after is not None:
        following = _proceed(going.state, back.after)
        return Step(following.state, (*going.actions[:1], *following.actions))
    return going
