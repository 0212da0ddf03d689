"""From what was heard to the next move and back into the state. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.interview.facts.reply import Reply
from analysis.interview.facts.reply_lines import MEANT, OPEN
from analysis.interview.listener.components import technologies
from analysis.interview.listener.stances import stance_of
from analysis.interview.listener.understood import Heard, Stance
from analysis.interview.loop.dialogue import current_words
from analysis.interview.loop.state import RoundMoves, State
from analysis.interview.planner.hint_ladder import next_hint
from analysis.interview.planner.moves import REACTIONS, Move
from analysis.interview.planner.next_move import MANY_PRODUCTS, is_anything_easier, plan
from analysis.interview.planner.next_point import is_sayable
from analysis.interview.planner.standing import Standing

FRESH_WORDS = 2
"""With fewer new content words and no new key point an answer brought nothing new."""
MOST_IDLE = 2
"""So many replies to somebody who says nothing new are enough: the next question helps more."""
MOST_STALE: Mapping[Stance, int] = {
    **dict.fromkeys(("answers", "argues", "finished", "finish_first", "inside", "plea"), 5),
    "stuck": 6,
}
"""So many answers in a row without anything new end a round. Until then there is an easier question."""
MOST_FINISHED = 2
"""Who has said so often that there is nothing more is believed; the very same words again say so too."""
FEWEST_STALE = 2
EARLY_SHARE, EARLY_LINES = 0.5, 3
"""Before this share of a round and so many lines a design is not made harder yet."""
SOUND_WORDS = 150
"""An answer of this length that still brings something new is worth a twist."""
CLOSING_SHARE = 0.55
"""From this share of a round on a design is asked for the failures and operations it has not spoken of."""


def after_hearing(state: State, heard: Heard) -> State:
    """The state with what this answer brought."""
    made = state.made
    new = set(heard.points) - set(made.points) or heard.fresh_words >= FRESH_WORDS
    points = tuple(dict.fromkeys((*made.points, *heard.points)))
    stale, idle = (0, 0) if new else (made.stale + 1, made.idle)
    finished = made.finished + (heard.stance == "finished" or _was_said_before(state, heard.text))
    return replace(state, made=replace(made, points=points, stale=stale, idle=idle, finished=finished))


def is_exhausted(state: State, heard: Heard) -> bool:
    """Whether nothing new has come for a while, or for twice and there is nothing easier to ask."""
    says_so = heard.stance == "finished" or _was_said_before(state, heard.text)
    finished = says_so and state.made.finished >= MOST_FINISHED
    if finished or state.made.stale >= MOST_STALE[heard.stance]:
        return True
    return state.made.stale >= FEWEST_STALE and not is_anything_easier(heard, standing_of(state))


def _was_said_before(state: State, text: str) -> bool:
    """Whether the candidate has said the very same in this round."""
    said = [turn.text for turn in state.dialogue.turns[:-1] if turn.speaker == "candidate"]
    return bool(text.strip()) and text.strip() in (one.strip() for one in said)


def next_move(state: State, heard: Heard, *, hint: bool = False) -> Move:
    """The move that fits; a hint when one was asked for."""
    standing = standing_of(state)
    return next_hint(heard, standing) if hint else plan(heard, standing)


def standing_of(state: State) -> Standing:
    """What the planner sees of a round."""
    made, share = state.made, state.spent_seconds / max(1.0, state.round_seconds)
    said = " ".join(turn.text for turn in state.dialogue.turns if turn.speaker == "candidate")
    return Standing(
        question=state.current.question,
        level=state.plan.level,
        moves=made.kinds,
        reacted=bool(made.kinds) and made.kinds[-1] in REACTIONS and not made.topical,
        challenged=state.dialogue.challenged,
        tested=made.tested,
        probed=made.probed,
        hints=made.hints,
        asked=state.lines,
        earlier=tuple(line for dialogue in state.dialogues[:-1] for line in dialogue.lines),
        in_question=made.in_question,
        cut_in=state.cut_in,
        said=said,
        sound=share >= EARLY_SHARE and len(said.split()) >= SOUND_WORDS,
        early=share < EARLY_SHARE and made.asked < EARLY_LINES,
        closing=share >= CLOSING_SHARE,
        twisted="ten_times" in made.kinds or "change_requirement" in made.kinds,
    )


def after_move(state: State, move: Move) -> State:
    """The state once the line for a move has been said."""
    is_hint = move.kind == "hint_step"
    point = (move.point,) if move.point else ()
    tested = (move.about,) if move.worded_as in ("challenge_wrong", "check_sum") else ()
    made = RoundMoves(
        kinds=(*state.made.kinds, move.kind),
        probed=(*state.made.probed, *(() if is_hint else point)),
        hints=(*state.made.hints, *(point if is_hint else ())),
        tested=(*state.made.tested, *tested),
        points=state.made.points,
        stale=state.made.stale,
        idle=state.made.idle,
        nudged=state.made.nudged,
        finished=state.made.finished,
        topical=bool(point) and not move.about,
        in_question=move.point,
    )
    dialogue = state.dialogue
    if move.misconception is not None:
        dialogue = replace(dialogue, challenged=(*dialogue.challenged, move.misconception))
    return replace(
        state,
        phase="listening",
        after=None,
        made=made,
        move=None,
        nudges=0,
        cut_in=False,
        elicitation="hinted" if is_hint else "prompted",
        dialogues=(*state.dialogues[:-1], dialogue),
    )


def needs_come_first(state: State) -> bool:
    """Products were named before anything else was asked: that comes before the question how to go on."""
    design = state.current.question.category == "system_design" and len(state.lines) <= 1
    return design and len(technologies(current_words(state))) >= MANY_PRODUCTS


def asks_nothing(said: str) -> bool:
    """Whether somebody only says that they are stuck: no fact is an answer to that."""
    return "?" not in said and stance_of(said)[0] == "stuck"


def speaks_of_the_talk(said: str) -> bool:
    """Whether it is about the talk and not the design, so that it is not left to them to decide."""
    return stance_of(said)[0] in ("inside", "plea", "finish_first")


def is_left_to_them(reply: Reply) -> bool:
    """Whether it says no more than that they may go on or decide."""
    return reply.move in ("check_in", "rephrase") or reply.text in OPEN


def asks_for_our_notes(said: str) -> bool:
    """Whether somebody wants what stays with us until the end: that is no wish to be granted."""
    return stance_of(said)[0] == "inside"


def argues(said: str) -> bool:
    """Whether what sounds like a question only objects to ours."""
    return stance_of(said)[0] == "argues"


def in_plainer_words(state: State, reply: Reply) -> Reply:
    """What our last line means: of a reply that it is theirs to decide, of a question the first step of its
    help where it has one."""
    if reply.move == "rephrase" and not reply.facts and state.lines[-1] in state.dialogue.replies:
        return replace(reply, text=MEANT)
    point = next((one for one in state.current.question.key_points if one.id == state.made.in_question), None)
    if reply.move != "rephrase" or reply.facts or point is None or not point.hints:
        return reply
    plainer = point.hints[0]
    said = any(plainer in line for line in state.lines)
    return reply if said or not is_sayable(plainer, standing_of(state)) else replace(reply, text=plainer)
