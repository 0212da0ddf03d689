"""The planner: what was heard and where the round stands in, one move out. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from analysis.interview.listener.understood import Doubt, Heard
from analysis.interview.planner.moves import Move, MoveKind
from analysis.interview.planner.next_point import ask_for, due_competency, next_hint, open_point
from analysis.interview.planner.standing import Standing

OFF_TOPIC = 0.39
"""Below this share of its words on the subject an answer is about something else. Answers about the question
have .42 or more, others about .32 (constructed ones, both looked at while building)."""
OFF_TOPIC_STORY = 0.33
"""The same for a few words, which share little with any question."""
FEW_WORDS = 30
"""So few words say little of what they are about, unless they name no part of a system and no number."""
FEWEST_WORDS_ELSEWHERE = 15
"""A short reply is no other subject: it agrees, argues, or has nothing to add."""
RAMBLING_WORDS = 190
"""Well over a minute without a new point."""
THIN_WORDS = 25
DEVELOPED = 15
"""New content words that make an answer a developed one."""
MANY_PRODUCTS = 3
MOST_REDIRECTS = 1

Rule = Callable[[Heard, Standing], Move | None]


def plan(heard: Heard, standing: Standing) -> Move:
    """The first rule that has something to do decides."""
    for rule in _RULES:
        move = rule(heard, standing)
        if move is not None:
            return move
    return _dig(heard, standing)


def _unstick(heard: Heard, standing: Standing) -> Move | None:
    """Somebody who is stuck gets a smaller question first, then one step of a hint after another."""
    if heard.stance != "stuck":
        return None
    last = standing.moves[-1:]
    if last not in (("smaller_question",), ("hint_step",)):
        point = open_point(heard, standing)
        smaller = point.hints[0] if point is not None and point.hints else ""
        asked = point.id if point is not None and smaller else None
        return Move("smaller_question", text=smaller, point=asked)
    return next_hint(heard, standing)


def _redirect(heard: Heard, standing: Standing) -> Move | None:
    often = standing.moves.count("redirect_offtopic") >= MOST_REDIRECTS
    few = heard.words < FEW_WORDS
    least = OFF_TOPIC_STORY if few else OFF_TOPIC
    if heard.words < FEWEST_WORDS_ELSEWHERE or often or heard.topical >= least:
        return None
    if heard.doubts or few and (heard.components or heard.numbers):
        return None
    return Move("redirect_offtopic", "" if few else _first(heard))


def _cut(heard: Heard, standing: Standing) -> Move | None:
    long = heard.words >= RAMBLING_WORDS and not set(heard.points) - set(standing.probed)
    if not (heard.lists or long) or standing.moves[-1:] == ("cut_ramble",):
        return None
    return Move("cut_ramble", _first(heard), *_parts(heard, standing))


def _challenge(heard: Heard, standing: Standing) -> Move | None:
    """A known wrong claim, once each: the bank's line has the candidate test it and says nothing."""
    for doubt in heard.doubts:
        place = doubt.misconception
        if place is not None and place not in standing.challenged:
            known = standing.question.misconceptions[place]
            return Move("challenge_wrong", doubt.quote, text=known.challenge, misconception=place)
    return None


def _first_needs(heard: Heard, standing: Standing) -> Move | None:
    """Products before any need that would call for them, at the start of a design."""
    early = standing.question.category == "system_design" and standing.opens
    if not early or len(heard.technologies) < MANY_PRODUCTS or heard.states_need:
        return None
    return Move("back_to_requirements", _first(heard), *_parts(heard, standing))


def _check_sum(heard: Heard, standing: Standing) -> Move | None:
    return _test(heard, standing, "sum")


def _after_the_picture(heard: Heard, standing: Standing) -> Move | None:
    """Whoever takes the answer for finished is asked for what comes after the picture."""
    if heard.stance != "finished":
        return None
    for competency in ("C6", "C4"):
        point = open_point(heard, standing, competency)
        if point is not None:
            return replace(ask_for(point), kind="move_on", about=heard.closing)
    return Move("break_component", heard.closing, *_parts(heard, standing))


def _unfold_label(heard: Heard, standing: Standing) -> Move | None:
    return Move("dig_claim", heard.label, worded_as="choose_label") if heard.label else None


def _test_absolute(heard: Heard, standing: Standing) -> Move | None:
    """A claim without exception, right or wrong, is gone into; a developed answer has earned another."""
    if standing.tested or standing.family == "people" or heard.fresh_words >= DEVELOPED:
        return None
    return _test(heard, standing, "absolute")


def _ask_number(heard: Heard, standing: Standing) -> Move | None:
    wanted = heard.vague_amount or heard.asked_for_number and not heard.numbers
    if not wanted or heard.numbers or standing.moves[-1:] == ("ask_number",):
        return None
    return Move("ask_number", _with(heard, heard.vague_amount), *_parts(heard, standing))


def _say_more(heard: Heard, standing: Standing) -> Move | None:
    return _dig(heard, standing) if heard.words < THIN_WORDS else None


def _next_topic(heard: Heard, standing: Standing) -> Move | None:
    """After one reaction to what was said, the point that would tell most and is still open; what a design
    must speak of does not wait for that when its time runs out."""
    if not standing.reacted and not due_competency(heard, standing):
        return None
    point = open_point(heard, standing)
    return ask_for(point) if point is not None else None


def _twist(heard: Heard, standing: Standing) -> Move | None:
    """A developed design is made harder, once a round; juniors are spared that."""
    question = standing.question
    spared = question.category != "system_design" or standing.level == "junior"
    sound = standing.sound or heard.fresh_words >= DEVELOPED
    if spared or standing.twisted or standing.early or not sound:
        return None
    if question.twist is None:
        return Move("ten_times", _first(heard), *_parts(heard, standing))
    kind: MoveKind = "ten_times" if question.twist.kind == "ten_times" else "change_requirement"
    return Move(kind, _first(heard), text=question.twist.text)


def _break(heard: Heard, standing: Standing) -> Move | None:
    again = standing.moves[-1:] == ("break_component",) or heard.speaks_of_failure and not heard.components
    if standing.family != "systems" or again:
        return None
    if not heard.components:
        return Move("break_component", _first(heard))
    quotes = [one.quote for one in heard.components]
    fullest = max(quotes, key=quotes.count)
    names = [one.name for one in heard.components if one.quote == fullest]
    return Move("break_component", fullest, names[-1], names[0] if len(names) > 1 else "")


def _dig(heard: Heard, standing: Standing) -> Move:
    return Move("dig_claim", _first(heard), *_parts(heard, standing))


def _test(heard: Heard, standing: Standing, kind: str) -> Move | None:
    found = next((one for one in heard.doubts if _fits(one, standing, kind)), None)
    if found is None:
        return None
    if kind == "sum":
        return Move("challenge_wrong", found.quote, worded_as="check_sum")
    return Move("dig_claim", found.quote, worded_as="challenge_wrong")


def _fits(doubt: Doubt, standing: Standing, kind: str) -> bool:
    return doubt.kind == kind and doubt.quote not in standing.tested


def _first(heard: Heard) -> str:
    return heard.quotes[0] if heard.quotes else ""


def _with(heard: Heard, words: str) -> str:
    """The clause in which these words stand."""
    return next((one for one in heard.quotes if words and words in one), words or _first(heard))


def _parts(heard: Heard, standing: Standing) -> tuple[str, str]:
    """The part named last and one named before it, where parts can be spoken of."""
    if standing.family != "systems" or not heard.components:
        return "", ""
    names = [one.name for one in heard.components]
    return names[-1], names[-2] if len(names) > 1 else ""


_RULES: tuple[Rule, ...] = (
    _unstick,
    _after_the_picture,
    _unfold_label,
    _challenge,
    _redirect,
    _cut,
    _first_needs,
    _check_sum,
    _test_absolute,
    _ask_number,
    _next_topic,
    _say_more,
    _twist,
    _break,
)
"""In the order in which they are asked."""
