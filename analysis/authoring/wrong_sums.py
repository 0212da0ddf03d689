"""The sums in a question's texts, computed again from its figures by the app's own estimates. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.authoring.finding import Finding, found
from analysis.estimates import check_text, sentence
from data.domain import Question


def wrong_sums(question: Question) -> Iterator[Finding]:
    """Results that follow from no figures of the question, its facts or the text they stand in."""
    for path, text in _texts(question):
        for problem in slips(question, text):
            yield found(question, "sum", problem, *path)


def slips(question: Question, text: str) -> list[str]:
    """What does not add up in a text that belongs to this question, each in a sentence."""
    given = [question.text, *(fact.text for fact in question.facts)]
    return [sentence(step) for step in check_text(text, given) if step.verdict == "slip"]


def _texts(question: Question) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("key_points",), " ".join(point.text for point in question.key_points)
    yield ("outline",), question.outline
    for at, one in enumerate(question.misconceptions):
        yield ("misconceptions", at, "right"), one.right
    for level, example in question.examples.items():
        yield ("examples", level), example
