"""The planner: what was heard and where the round stands in, one move out. Pure.

A challenge when one is due; else the bank's question that is nearest to what was said; else, of a clause that
is a decision, the question that fits such a clause; else another point.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from analysis.interview.listener.clauses import is_own
from analysis.interview.listener.understood import Claim, ClaimKind, Doubt, Heard, Stance
from analysis.interview.planner.hint_ladder import next_step
from analysis.interview.planner.moves import Move, MoveKind, Opening
from analysis.interview.planner.near import FAIRLY_NEAR, near_question
from analysis.interview.planner.next_point import (
    ask_for,
    due_competency,
    easiest_point,
    is_sayable,
    open_point,
)
from analysis.interview.planner.standing import Standing

OFF_TOPIC = 0.41
"""Below this share of its words on the subject an answer is about something else. Answers about the question
have .42 or more, others about .32 (constructed ones, both looked at while building)."""
WORTH_A_TWIST = 0.53
"""Developed designs have more of their words on the subject, stories and asides less."""
OFF_TOPIC_STORY = 0.33
"""The same for a few words, which share little with any question."""
FEW_WORDS = 30
"""So few words say little of what they are about, unless they name no part of a system and no number."""
FEWEST_WORDS_ELSEWHERE = 15
"""A short reply is no other subject: it agrees, argues, or has nothing to add."""
THIN_WORDS = 25
DEVELOPED = 12
"""New content words that make an answer a developed one."""
MANY_PRODUCTS = 3
MOST_REDIRECTS, MOST_TESTED = 1, 2
SETTLED_WORDS, SETTLED_MOVES = 60, 4
"""After a long answer and so many lines it is time to hear what is settled, before another subject."""
BUILT = ("system_design", "distributed_systems", "data_infrastructure", "capacity")
"""Categories in which something is built that can break; in an incident it is broken already."""
FEWEST_FOR_AN_ANSWER = 6
NEAR_A_FAILURE = 0.25
"""So near a question about failure may be where only the good case was told."""

DUG: tuple[ClaimKind, ...] = ("number", "choice", "steps", "part", "action", "belief")
DUG_OF_SYSTEMS: tuple[ClaimKind, ...] = ("number", "choice", "part")
FEW_NUMBERS = 2
"""Where more were said it was said how one follows from the others."""
ABOUT_IT = 0.5
"""From here on a clause of a long story belongs to the question, and is held on to."""

_DIGIT = re.compile(r"\d")
Rule = Callable[[Heard, Standing], Move | None]


def plan(heard: Heard, standing: Standing) -> Move:
    """The first rule that has something to do decides."""
    for rule in _RULES:
        move = rule(heard, standing)
        if move is not None:
            return _opened(move, heard)
    return _anything(heard, standing)


def is_anything_easier(heard: Heard, standing: Standing) -> bool:
    """Whether somebody who brings nothing new can be helped on: by a smaller step or another question."""
    on_the_ladder = heard.stance == "stuck" and _next_step_shown(standing) is not None
    return on_the_ladder or near_question(heard, standing, anything=True) is not None


OPENED: Mapping[Stance, Opening] = {"argues": "concede", "inside": "keep", "plea": "ease"}
"""Who argues hears first that they were heard, who asks for our notes that they stay with us, and who excuses
themselves that all is well."""


def _opened(move: Move, heard: Heard) -> Move:
    opening = OPENED.get(heard.stance)
    return move if opening is None or move.about else replace(move, opening=opening)


def _let_finish(heard: Heard, standing: Standing) -> Move | None:
    """Who is in the middle of a sentence, or wants to finish first, is waited for; once."""
    waits = heard.unfinished or heard.stance == "finish_first"
    goes_on = standing.cut_in or heard.rambles or heard.lists
    return Move("wait") if waits and not goes_on and standing.moves[-1:] != ("wait",) else None


def _unstick(heard: Heard, standing: Standing) -> Move | None:
    """Somebody who is stuck gets a smaller question, then another point; more is said to whoever asks."""
    if heard.stance != "stuck":
        return None
    shown = _next_step_shown(standing)
    if shown is not None:
        return shown
    point = easiest_point(heard, standing)
    opening: Opening = "smaller" if standing.opens else "another"
    if point is None:
        left = near_question(heard, standing, anything=True)
        return replace(left, opening="another") if left else Move("smaller_question")
    if standing.opens and point.hints and is_sayable(point.hints[0], standing):
        return Move("smaller_question", text=point.hints[0], point=point.id, opening="smaller")
    return Move("smaller_question", text=point.probe, point=point.id, opening=opening)


def _next_step_shown(standing: Standing) -> Move | None:
    """The first step of the ladder for the point in question, the only one that is shown unasked."""
    asked_for = next((one for one in standing.question.key_points if one.id == standing.in_question), None)
    if asked_for is None or not asked_for.hints:
        return None
    smaller = asked_for.hints[0]
    if next_step(asked_for, standing) > 1 or not is_sayable(smaller, standing):
        return None
    return Move("smaller_question", text=smaller, point=asked_for.id, opening="smaller")


def _after_the_picture(heard: Heard, standing: Standing) -> Move | None:
    """Whoever takes the answer for finished is asked for what comes after the picture."""
    if heard.stance != "finished":
        return None
    point = next((one for name in ("C6", "C4") if (one := open_point(heard, standing, name))), None)
    point = point or open_point(heard, standing)
    if point is not None:
        about = heard.closing if not standing.just_quoted else ""
        live: Opening = "live" if standing.family == "systems" else ""
        return replace(ask_for(point), kind="move_on", about=about if live else "", opening=live)
    return near_question(heard, standing, anything=True)


def _challenge(heard: Heard, standing: Standing) -> Move | None:
    """A known wrong claim, once each: the bank's line has the candidate test it and says nothing."""
    for doubt in heard.doubts:
        place = doubt.misconception
        if place is not None and place not in standing.challenged:
            text = standing.question.misconceptions[place].challenge
            made = Move("challenge_wrong", doubt.quote, text=text, misconception=place)
            return made if is_sayable(text, standing) or not doubt.quote else replace(made, text="")
    return None


def _unfold_label(heard: Heard, standing: Standing) -> Move | None:
    return Move("dig_claim", heard.label, worded_as="choose_label") if heard.label else None


def names_products_first(heard: Heard, standing: Standing) -> bool:
    """Products before any need that would call for them, at the start of a design."""
    early = standing.question.category == "system_design" and standing.opens
    return early and len(heard.technologies) >= MANY_PRODUCTS and not heard.states_need


def _first_needs(heard: Heard, standing: Standing) -> Move | None:
    if not names_products_first(heard, standing):
        return None
    return Move("back_to_requirements", component=heard.technologies[0], claim="part")


def _redirect(heard: Heard, standing: Standing) -> Move | None:
    """Another subject needs evidence: enough words, and little of them about the question."""
    often = standing.moves.count("redirect_offtopic") >= MOST_REDIRECTS
    few = heard.words < FEW_WORDS
    least = OFF_TOPIC_STORY if few else OFF_TOPIC
    if heard.words < FEWEST_WORDS_ELSEWHERE or often or heard.topical >= least:
        return None
    if heard.stance in OPENED or heard.doubts or few and (heard.components or heard.numbers):
        return None
    return Move("redirect_offtopic")


def _cut(heard: Heard, standing: Standing) -> Move | None:
    """Of much that was said one thing is held on to: where the bank asks on, else a decision."""
    if not (heard.lists or heard.rambles or standing.cut_in):
        return None
    near = near_question(heard, standing, least=FAIRLY_NEAR)
    if near is not None:
        return replace(near, kind="cut_ramble", opening="stop")
    claim = next((one for one in heard.claims if one.likeness >= ABOUT_IT and one.kind != "aside"), None)
    return Move("cut_ramble", claim.text if claim else "")


def _check_sum(heard: Heard, standing: Standing) -> Move | None:
    found = _untested(heard, standing, "sum")
    return Move("challenge_wrong", found.quote, worded_as="check_sum") if found else None


def _test_absolute(heard: Heard, standing: Standing) -> Move | None:
    """A claim without exception, right or wrong, is gone into; a developed answer has earned another."""
    often = len(standing.tested) >= MOST_TESTED or standing.just_quoted
    if often or standing.family == "people" or heard.fresh_words >= DEVELOPED:
        return None
    found = _untested(heard, standing, "absolute")
    if found is None:
        return None
    return Move("dig_claim", found.quote, worded_as="challenge_wrong")


def _ask_number(heard: Heard, standing: Standing) -> Move | None:
    wanted = heard.vague_amount or heard.asked_for_number and not heard.numbers
    if not wanted or heard.numbers or _DIGIT.search(heard.text) or standing.moves[-1:] == ("ask_number",):
        return None
    if heard.vague_clause:
        return Move("ask_number", heard.vague_clause, claim="action")
    point = open_point(heard, standing, "C5")
    return ask_for(point) if point is not None else None


def _break_the_path(heard: Heard, standing: Standing) -> Move | None:
    """Who tells how it goes when all goes well is asked, once in a while, what happens when it does not; not
    before there is a design."""
    told = heard.speaks_of_failure or "break_component" in standing.moves[-3:]
    builds = standing.question.category in BUILT
    if told or not builds or heard.words < THIN_WORDS or len(heard.numbers) > 1:
        return None
    near = near_question(heard, standing, competency="C4", least=NEAR_A_FAILURE)
    early = standing.opens and not _tells_the_path(heard)
    claim = None if standing.reacted or early else _claim(heard, standing, ("steps", "part"))
    if near is None and claim is None:
        return None
    return near or _about("break_component", claim)


def _tells_the_path(heard: Heard) -> bool:
    """Whether there is a design to break already."""
    return heard.words >= FEW_WORDS and heard.topical >= WORTH_A_TWIST


def _twist(heard: Heard, standing: Standing) -> Move | None:
    """A developed design is made harder, once a round; juniors are spared that. It is said alone."""
    question = standing.question
    spared = question.category != "system_design" or standing.level == "junior"
    sound = (standing.sound or heard.fresh_words >= DEVELOPED) and bool(heard.claims) and not heard.rambles
    sound = sound and heard.topical >= WORTH_A_TWIST
    if spared or standing.twisted or standing.early or not sound:
        return None
    if question.twist is None or not is_sayable(question.twist.text, standing):
        return Move("ten_times", opening="suppose")
    kind: MoveKind = "ten_times" if question.twist.kind == "ten_times" else "change_requirement"
    return Move(kind, text=question.twist.text, opening="suppose")


def _what_is_due(heard: Heard, standing: Standing) -> Move | None:
    """What a design must speak of does not wait when its time runs out."""
    due = due_competency(heard, standing)
    point = open_point(heard, standing, due) if due else None
    return ask_for(point) if point is not None else None


def _near(heard: Heard, standing: Standing) -> Move | None:
    return near_question(heard, standing)


def _fairly_near(heard: Heard, standing: Standing) -> Move | None:
    return near_question(heard, standing, least=FAIRLY_NEAR)


def _step_down(heard: Heard, standing: Standing) -> Move | None:
    """A few words without anything new are no answer yet: the same point, made smaller."""
    few = heard.stance == "answers" and heard.words < FEWEST_FOR_AN_ANSWER and not heard.claims
    return _next_step_shown(standing) if few else None


def _dig(heard: Heard, standing: Standing) -> Move | None:
    """A decision that no line of the bank is near to, not twice in a row."""
    return None if standing.reacted else _dug(heard, standing)


def _dig_at_last(heard: Heard, standing: Standing) -> Move | None:
    """When every point was spoken of, whatever they said of the design."""
    return near_question(heard, standing, anything=True) or _dug(heard, standing)


def _dug(heard: Heard, standing: Standing) -> Move | None:
    """Of a system a figure, a choice or a part is asked about; what else is said of one is left to the bank,
    as no question fits every such clause."""
    systems = standing.family == "systems"
    claim = _claim(heard, standing, DUG_OF_SYSTEMS if systems else DUG)
    if claim is None or systems and claim.kind == "number" and len(heard.numbers) > FEW_NUMBERS:
        return None
    if claim.kind != "part" or not systems:
        return _about("dig_claim", claim)
    early = standing.opens and not _tells_the_path(heard)
    breaks = standing.question.category in BUILT and not early and not heard.speaks_of_failure
    return _about("break_component", claim) if breaks else None


def _take_stock(heard: Heard, standing: Standing) -> Move | None:
    """Before another subject, after much was said around it: what is settled now."""
    long = heard.words >= SETTLED_WORDS and len(standing.moves) >= SETTLED_MOVES
    return Move("summarise") if long and heard.rambles and "summarise" not in standing.moves else None


def _next_topic(heard: Heard, standing: Standing) -> Move | None:
    """The open point that would tell most; for who says little the one that is easiest to speak of."""
    thin = heard.words < THIN_WORDS and heard.stance == "answers"
    point = easiest_point(heard, standing) if thin else open_point(heard, standing)
    return ask_for(point, heard) if point is not None else None


def _anything(heard: Heard, standing: Standing) -> Move:
    """What is left when all points were spoken of: what fits any question."""
    return Move("move_on")


def _claim(heard: Heard, standing: Standing, kinds: tuple[ClaimKind, ...]) -> Claim | None:
    """The most telling clause of such a kind that no line has taken up yet."""
    fresh = (one for one in heard.claims if not any(one.text in line for line in standing.asked))
    return next((one for one in fresh if one.kind in kinds and _can_be_taken_up(one, standing)), None)


def _can_be_taken_up(claim: Claim, standing: Standing) -> bool:
    """Two clauses are not repeated in a row; what they do themselves, or a part, can be said otherwise."""
    return not standing.just_quoted or is_own(claim.text) or bool(claim.part or claim.amount)


def _about(kind: MoveKind, claim: Claim | None) -> Move:
    if claim is None:
        return Move(kind)
    return Move(kind, claim.text, claim.kind, claim.part, claim.amount)


def _untested(heard: Heard, standing: Standing, kind: str) -> Doubt | None:
    return next((one for one in heard.doubts if one.kind == kind and one.quote not in standing.tested), None)


_RULES: tuple[Rule, ...] = (
    _let_finish,
    _unstick,
    _challenge,
    _after_the_picture,
    _unfold_label,
    _first_needs,
    _redirect,
    _cut,
    _check_sum,
    _test_absolute,
    _ask_number,
    _twist,
    _what_is_due,
    _break_the_path,
    _near,
    _step_down,
    _dig,
    _fairly_near,
    _take_stock,
    _next_topic,
    _dig_at_last,
)
"""In the order in which they are asked."""
