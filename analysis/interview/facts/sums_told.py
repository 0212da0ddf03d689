"""A sum, or numbers we gave, put to us for a yes or no: recomputed, never the number itself. Pure."""

from __future__ import annotations

from analysis.estimates import check_turn, find_quantities
from analysis.interview.facts.reply import Reply
from analysis.interview.facts.reply_lines import CONFIRMED, CORRECTED
from analysis.interview.facts.which_facts import facts_for
from analysis.interview.listener.questions_asked import Asked
from analysis.interview.listener.signs import NUMBER
from data.domain import Question, Turn

NUMBERS_OF_A_SUM = 3
SAME_NUMBER = 0.01
SHORT_WORDS = 45
"""A sum inside a longer answer is part of it, not put to us."""


def is_a_sum(said: str) -> bool:
    """Whether enough numbers stand in few enough words."""
    return len(said.split()) <= SHORT_WORDS and len(NUMBER.findall(said)) >= NUMBERS_OF_A_SUM


def recomputed(said: str, question: Question) -> Reply | None:
    """Yes or once more, never the number itself; None when no step can be recomputed."""
    turn, given = Turn(0, "candidate", said), (question.text, *(fact.text for fact in question.facts))
    steps = check_turn(turn) or check_turn(turn, given)
    if not steps:
        return None
    right = not any(step.verdict == "slip" for step in steps)
    return Reply("confirm", CONFIRMED) if right else Reply("correct_number", CORRECTED)


def heard_right(asked: Asked, question: Question) -> Reply | None:
    """Yes or no to numbers we gave, said back to us, with the fact; None where no fact is about them."""
    said = [one.value for one in find_quantities(asked.text)]
    facts = facts_for(asked.text, question)
    if not said or not facts:
        return None
    fact = question.facts[facts[0]]
    told = [one.value for one in find_quantities(fact.text)]
    if all(any(abs(one - other) <= SAME_NUMBER * abs(other) for other in told) for one in said):
        return Reply("confirm", f"Yes. {fact.text}", facts[:1])
    return Reply("correct_number", f"Not quite. {fact.text}", facts[:1]) if told else None
