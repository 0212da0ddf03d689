"""Adding to the dialogue: the interviewer's lines, and the candidate's words joined into turns. Pure."""

from __future__ import annotations

from dataclasses import replace

from analysis.interview.facts.reply import Reply
from analysis.interview.loop.state import SPEAKING_WORDS_PER_SECOND, Dialogue, State
from analysis.interview.speaker.leading import without_lead
from analysis.reading.leaks import stems
from data.domain import Turn, Word


def add_line(state: State, text: str, *, opens_round: bool = False) -> State:
    """The state after the interviewer asked or answered this. Silence counts once it has been spoken."""
    now = state.clock.active_seconds
    spoken_at = now + (len(text.split()) / SPEAKING_WORDS_PER_SECOND if state.spoken else 0.0)
    opened = replace(state, dialogues=(*state.dialogues, Dialogue())) if opens_round else state
    line = Turn(len(opened.dialogue.turns), "interviewer", text)
    return replace(_with_turns(opened, (*opened.dialogue.turns, line)), asked_at=now, quiet_at=spoken_at)


def add_reply(state: State, reply: Reply) -> State:
    """The state after the interviewer answered something the candidate asked."""
    answered = add_line(state, reply.text)
    dialogue = answered.dialogue
    assumed = (*dialogue.assumptions, reply.assumed) if reply.assumed else dialogue.assumptions
    noted = replace(dialogue, replies=(*dialogue.replies, reply.text), assumptions=assumed)
    return replace(answered, dialogues=(*answered.dialogues[:-1], noted))


def add_words(state: State, text: str, words: tuple[Word, ...]) -> State:
    """The state after the candidate said this; pieces of one contribution are joined."""
    if not text.strip():
        return state
    said = Turn(
        len(state.dialogue.turns),
        "candidate",
        text.strip(),
        words,
        state.elicitation,
        words[0].start_seconds if words else None,
        words[-1].end_seconds if words else None,
    )
    turns = state.dialogue.turns
    last = turns[-1] if turns else None
    if last and last.speaker == "candidate" and last.elicitation == said.elicitation:
        turns = (*turns[:-1], _joined(last, said))
    else:
        turns = (*turns, said)
    return replace(_with_turns(state, turns), nudges=0, quiet_at=state.clock.active_seconds)


def has_new_words(state: State, least: int) -> bool:
    """True when what the candidate has just said holds so many content words that nobody had said."""
    told = state.dialogue.turns[:-1] if has_spoken(state) else state.dialogue.turns
    before = " ".join([state.current.question.title, *(turn.text for turn in told)])
    return len(stems(current_words(state)) - stems(before)) >= least


def last_asked(state: State) -> str:
    """The question or probe to answer now; a reply given in between is not one."""
    turns = state.dialogue.turns
    asked = [
        turn.text
        for turn in turns
        if turn.speaker == "interviewer" and turn.text not in state.dialogue.replies
    ]
    return asked[-1]


def asked_again(state: State) -> str:
    """The same without the words that led up to it."""
    return without_lead(last_asked(state))


def has_spoken(state: State) -> bool:
    """True when the candidate has said anything since the last line of the interviewer."""
    turns = state.dialogue.turns
    return bool(turns) and turns[-1].speaker == "candidate"


def current_words(state: State) -> str:
    """What the candidate has said since the last line of the interviewer."""
    return state.dialogue.turns[-1].text if has_spoken(state) else ""


def words_since(state: State) -> int:
    """How many words the candidate has said since the last line of the interviewer."""
    turns = state.dialogue.turns
    return len(turns[-1].text.split()) if has_spoken(state) else 0


def _with_turns(state: State, turns: tuple[Turn, ...]) -> State:
    return replace(state, dialogues=(*state.dialogues[:-1], replace(state.dialogue, turns=turns)))


def _joined(first: Turn, second: Turn) -> Turn:
    return replace(
        first,
        text=f"{first.text} {second.text}",
        words=(*first.words, *second.words),
        start_seconds=first.start_seconds if first.words else second.start_seconds,
        end_seconds=second.end_seconds if second.words else first.end_seconds,
    )
