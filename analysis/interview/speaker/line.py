"""The interviewer's line for a move: the bank's own where it has one, else a template with what was said.

Pure and without chance: the same move in the same round is worded the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.interview.listener.clauses import short
from analysis.interview.planner.moves import Move
from analysis.interview.planner.standing import Standing
from analysis.interview.speaker.line_check import find_fault
from analysis.reading.leaks import gives_away

_TEMPLATES = Path(__file__).parent / "templates.yaml"
LONGEST_QUOTE_WORDS = 13
QUOTE_WORDS = (13, 9, 6)
_STEPS = re.compile(r"\b(?:then|after|before|first)\b")
_SLOT = re.compile(r"\{(\w+)\}")
TAKES_UP_FIRST = frozenset({"challenge_wrong", "move_on", "change_requirement", "ten_times"})
"""Moves whose line from the bank is said after the words that it answers to."""
MOST_ASKED_AGAIN = 16
OPEN_QUESTION = "What would you settle first?"
"""To come back to where the question itself is too long to be said again."""
LAST_RESORT = "Go on from there: what would you do next?"


@dataclass(frozen=True, slots=True)
class Template:
    """A line with slots, and what kind of question it suits ("" for any)."""

    say: str
    family: str = ""


def line_for(move: Move, standing: Standing) -> str:
    """What to say."""
    if move.text:
        return _taking_up(move) or move.text
    question = standing.question
    heard = " ".join([question.title, question.text, *standing.asked, standing.said])
    for lines in _filled(move.worded_as or move.kind, move, standing):
        fresh = [line for line in lines if line not in standing.asked and find_fault(line) is None]
        good = [line for line in fresh if not gives_away(line, question.key_points, heard)] or fresh
        if good:
            return good[len(standing.moves) % len(good)]
    return LAST_RESORT


def _taking_up(move: Move) -> str:
    """The bank's line after the words that it answers to, as many of them as there is room for."""
    if move.kind == "smaller_question":
        return f"Then smaller. {move.text}"
    if move.kind not in TAKES_UP_FIRST or not move.about:
        return ""
    lines = (f"You said “{short(move.about, most)}”. {move.text}" for most in QUOTE_WORDS)
    return next((line for line in lines if find_fault(line) is None), "")


def _filled(kind: str, move: Move, standing: Standing) -> tuple[list[str], list[str]]:
    """The lines of a kind: those that take up what was said, and those that stand alone."""
    slots, family = _slots(move, standing), standing.family
    taking_up: list[str] = []
    alone: list[str] = []
    for template in templates()[kind]:
        if template.family in ("", family) and set(_SLOT.findall(template.say)) <= slots.keys():
            line = template.say.format_map(slots)
            (alone if line == template.say else taking_up).append(line)
    return taking_up, alone


def _slots(move: Move, standing: Standing) -> dict[str, str]:
    quote = short(move.about, LONGEST_QUOTE_WORDS)
    slots = {"quote": quote, "component": move.component, "other": move.other}
    slots["Component"] = move.component[:1].upper() + move.component[1:]
    slots["steps"] = quote if _STEPS.search(quote) else ""
    slots["asked"] = _last_question(standing)
    return {name: value for name, value in slots.items() if value}


def _last_question(standing: Standing) -> str:
    """The last question that is short enough to be asked again and took up no words; replies are none."""
    probes = {point.id: point.probe for point in standing.question.key_points}
    topics = (probes[name] for name in standing.probed if name in probes)
    for asked in reversed([*topics, standing.question.text, *standing.asked]):
        last = asked.replace("! ", ". ").split(". ")[-1].strip()
        if last.endswith("?") and "“" not in asked and len(last.split()) <= MOST_ASKED_AGAIN:
            return last
    return OPEN_QUESTION


@cache
def templates() -> dict[str, tuple[Template, ...]]:
    """All of them by kind."""
    import yaml

    written = yaml.safe_load(_TEMPLATES.read_text(encoding="utf-8"))
    return {
        kind: tuple(Template(one["say"], one.get("for", "")) for one in lines)
        for kind, lines in written.items()
    }
