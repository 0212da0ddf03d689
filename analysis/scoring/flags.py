"""The four classic mistakes, found by rules: each with its quote or with the place."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.reading.lexicon import pattern
from analysis.reading.quotes import evidence_at, span_at
from analysis.reading.sentences import Line, lines_of
from data.domain import Answer, Evidence, Flag

FEWEST_WORDS = 35
"""Shorter answers are thin as a whole; saying what their end misses would add nothing."""
_DESIGN = frozenset({"system_design"})
_ARCHITECTURE = frozenset({"system_design", "distributed_systems", "data_infrastructure", "operations"})


def find_flags(answer: Answer) -> tuple[Flag, ...]:
    """The flags of one answer, those that its category and competencies give sense to."""
    return flags_in(answer, lines_of(answer.candidate_turns))


def flags_in(answer: Answer, lines: Sequence[Line]) -> tuple[Flag, ...]:
    """The same, where the candidate's turns are cut into sentences already."""
    if not lines:
        return ()
    category, invited = answer.question.category, set(answer.question.competencies)
    invited |= {point.competency for point in answer.question.key_points}
    long_enough = sum(len(line.sentence.words) for line in lines) >= FEWEST_WORDS
    found = []
    if category in _DESIGN and "C1" in invited:
        found.append(_technology_first(lines))
    if category in _ARCHITECTURE and long_enough and "C4" in invited:
        found.append(_happy_path(lines))
    if category in _ARCHITECTURE:
        found.append(_cap_label(lines))
    if category in _ARCHITECTURE and long_enough and "C6" in invited:
        found.append(_ends_at_diagram(lines))
    return tuple(flag for flag in found if flag is not None)


def _quote(line: Line) -> Evidence:
    return evidence_at(line.turn, span_at(line.turn, line.sentence.start, line.sentence.end))


def _technology_first(lines: Sequence[Line]) -> Flag | None:
    for line in lines:
        if (
            pattern("requirement").search(line.sentence.text)
            or "?" in line.turn.text[line.sentence.end : line.sentence.end + 2]
        ):
            return None
        if pattern("technology").search(line.sentence.text):
            return Flag(
                "tech_before_requirements",
                "A technology is named before any requirement or number that would call for it.",
                _quote(line),
            )
    return None


def _happy_path(lines: Sequence[Line]) -> Flag | None:
    if any(pattern("failure").search(line.sentence.text) for line in lines):
        return None
    return Flag(
        "happy_path_only",
        "Nothing in this answer ever fails: no component breaks, times out or loses data.",
        where="the whole answer",
    )


def _cap_label(lines: Sequence[Line]) -> Flag | None:
    for at, line in enumerate(lines):
        if not pattern("cap_label").search(line.sentence.text):
            continue
        near = [other.sentence.text for other in lines[at : at + 3] if other.turn is line.turn]
        if not any(pattern("cap_consequence").search(text) for text in near):
            return Flag(
                "cap_as_checkbox",
                "A side of CAP is chosen without saying what is relaxed and what the user then sees.",
                _quote(line),
            )
        return None
    return None


def _ends_at_diagram(lines: Sequence[Line]) -> Flag | None:
    if any(pattern("operations").search(line.sentence.text) for line in lines):
        return None
    return Flag(
        "ends_at_diagram",
        "The answer stops at the architecture: nothing on monitoring, alerts, rollout or growth.",
        where="the end of the answer",
    )
