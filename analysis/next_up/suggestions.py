"""What to practise next, and why: weak competencies, questions not seen lately, categories not covered. Pure.

Repeats are spaced evenly: with an interview date a question comes back so that it is seen three more times
until then, else once a week. (Even spacing does as well as growing intervals: Karpicke & Bauernschmidt 2011.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.domain import CATEGORIES, COMPETENCIES, LEVELS, Question
from data.rubrics import expected_level, load_rubric

REPEATS = 3
USUAL_SPACING_DAYS = 7
SHORTEST_SPACING_DAYS, LONGEST_SPACING_DAYS = 1, 14


@dataclass(frozen=True, slots=True)
class Seen:
    """One question the candidate has answered: how often, and when last."""

    question_id: str
    answers: int
    last_on: date


@dataclass(frozen=True, slots=True)
class Wish:
    """What the candidate prepares for. `role` is one of the levels of the bank."""

    role: str = "mid"
    interview_on: date | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A question to practise and the reason in one sentence."""

    question: Question
    why: str


def spacing_days(today: date, interview_on: date | None) -> int:
    """Days between two looks at the same question."""
    if interview_on is None or interview_on <= today:
        return USUAL_SPACING_DAYS
    even = (interview_on - today).days // (REPEATS + 1)
    return min(LONGEST_SPACING_DAYS, max(SHORTEST_SPACING_DAYS, even))


def choose_next(
    questions: Sequence[Question],
    seen: Sequence[Seen],
    levels: Mapping[str, float],
    wish: Wish,
    today: date,
    passed_over: frozenset[str] = frozenset(),
    heard: Mapping[str, float] | None = None,
) -> tuple[Choice, ...]:
    """At most three: one for the weakest competency, one repeat that is due, one for a gap in coverage.

    `levels` holds the median of the last three answers by competency, of one scorer only. Without any,
    `heard`, the share of key points heard (0-1) by competency, says which is weakest; never both.
    """
    known = {one.question_id: one for one in seen}
    open_ones = [question for question in questions if question.id not in passed_over]
    ordered = sorted(open_ones, key=lambda q: (_distance(q, wish.role), q.minutes, q.id))
    fresh = [question for question in ordered if question.id not in known]
    candidates = (
        _for_least_heard(fresh, heard, wish.role)
        if heard and not levels
        else _for_weakest(fresh, levels, wish.role),
        _repeat(ordered, known, today, spacing_days(today, wish.interview_on)),
        _for_gap(fresh, questions, known),
    )
    found = {choice.question.id: choice for choice in reversed(candidates) if choice}
    return tuple(reversed(found.values()))


def _for_weakest(fresh: Sequence[Question], levels: Mapping[str, float], role: str) -> Choice | None:
    titles = {criterion.id: criterion.title for criterion in load_rubric().criteria}
    for competency in sorted(COMPETENCIES, key=lambda name: (-_shortfall(name, levels, role), name)):
        question = _about(fresh, competency, role)
        if question:
            return Choice(question, _weakness(titles[competency], levels.get(competency), competency, role))
    return None


def _for_least_heard(fresh: Sequence[Question], heard: Mapping[str, float], role: str) -> Choice | None:
    """The competency whose key points were heard least; what was not heard of yet comes after them."""
    titles = {criterion.id: criterion.title for criterion in load_rubric().criteria}
    for competency in sorted(COMPETENCIES, key=lambda name: (heard.get(name, 1.0), name)):
        question = _about(fresh, competency, role)
        if question and competency in heard:
            share = f"{heard[competency]:.0%} of its key points were heard"
            return Choice(question, f"{titles[competency]}: {share}, the fewest of all competencies.")
        if question:
            return Choice(question, f"Too few key points of {titles[competency]} were asked for so far.")
    return None


def _about(fresh: Sequence[Question], competency: str, role: str) -> Question | None:
    """The question most about a competency, of a fitting role before others."""
    about = [(_share(question, competency), question) for question in fresh]
    fitting = [pair for pair in about if pair[0] > 0]
    if not fitting:
        return None
    return min(fitting, key=lambda pair: (_distance(pair[1], role) > 1, -pair[0]))[1]


def _shortfall(competency: str, levels: Mapping[str, float], role: str) -> float:
    """Levels below what the role expects; a competency without a level yet counts as half a level."""
    expected = expected_level(role, competency)
    if competency not in levels or expected is None:
        return 0.5
    return expected.low - levels[competency]


def _weakness(title: str, level: float | None, competency: str, role: str) -> str:
    if level is None:
        return f"{title} has no level yet."
    expected = expected_level(role, competency)
    stands = f"{title} stands at {level:.1f}".removesuffix(".0")
    if expected and level < expected.low:
        return f"{stands}; {role} loops usually look for {expected.low}."
    return f"{stands}, the lowest against what {role} loops look for."


def _share(question: Question, competency: str) -> float:
    """How much of a question is about a competency: its share of the key points, else of those listed."""
    if question.key_points:
        return sum(p.competency == competency for p in question.key_points) / len(question.key_points)
    return (competency in question.competencies) / max(1, len(question.competencies))


def _repeat(
    ordered: Sequence[Question], known: Mapping[str, Seen], today: date, spacing: int
) -> Choice | None:
    due = [
        (known[question.id].last_on, question)
        for question in ordered
        if question.id in known and (today - known[question.id].last_on).days >= spacing
    ]
    if not due:
        return None
    last_on, question = min(due, key=lambda pair: pair[0])
    days = (today - last_on).days
    every = "every day" if spacing == 1 else f"every {spacing} days"
    return Choice(
        question, f"Last answered {days} day{'s' if days != 1 else ''} ago; repeats are due {every}."
    )


def _for_gap(
    fresh: Sequence[Question], questions: Sequence[Question], known: Mapping[str, Seen]
) -> Choice | None:
    answered = {name: 0 for name in CATEGORIES}
    for question in questions:
        answered[question.category] += question.id in known
    for category in sorted(CATEGORIES, key=lambda name: (answered[name], CATEGORIES.index(name))):
        first = next((one for one in fresh if one.category == category), None)
        if first:
            count = answered[category]
            asked = f"{count or 'no'} question{'' if count == 1 else 's'}"
            return Choice(first, f"Its category is practised least: {asked} so far.")
    return None


def _distance(question: Question, role: str) -> int:
    return abs(LEVELS.index(question.level) - LEVELS.index(role))
