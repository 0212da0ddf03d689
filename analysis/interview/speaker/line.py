"""The interviewer's line for a move: the bank's own where it has one, else a template with what was said.

Pure and without chance: the same move in the same round is worded the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from analysis.interview.listener.clauses import is_own
from analysis.interview.planner.moves import Move
from analysis.interview.planner.standing import Standing
from analysis.interview.speaker.leading import lead_for, without_lead
from analysis.interview.speaker.line_check import find_fault
from analysis.reading.leaks import gives_away

_TEMPLATES = Path(__file__).parent / "templates.yaml"
_SLOT = re.compile(r"\{(\w+)\}")
MOST_ASKED_AGAIN, FEWEST_ASKED_AGAIN = 24, 5
"""Words of a question that can be said again; a shorter one needs the sentence before it."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
LAST_RESORT = "Go on from there: what would you do next?"


@dataclass(frozen=True, slots=True)
class Template:
    """A line with slots, what kind of question it suits ("" for any), and what it must be said of."""

    say: str
    family: str = ""
    needs: str = ""


def line_for(move: Move, standing: Standing) -> str:
    """What to say; nothing when every line that would fit has been said."""
    if move.text:
        return _led(move, standing, move.text)
    fresh = list(_filled(move, standing)) or list(
        _filled(replace(move, kind="move_on", worded_as=""), standing)
    )
    good = [line for line in fresh if not gives_away(line, standing.question.key_points, standing.heard)]
    last = "" if LAST_RESORT in (*standing.asked, *standing.earlier) else LAST_RESORT
    return next(iter(good or fresh), last)


def _led(move: Move, standing: Standing, line: str) -> str:
    """The line after what it takes up, where both together are no more than one can listen to."""
    lead = lead_for(move, standing)
    whole = f"{lead} {line}" if lead else line
    return line if lead and find_fault(whole) in ("too_long", "praises") else whole


def _filled(move: Move, standing: Standing) -> Iterator[str]:
    """The lines of a kind that fit what was said, the most telling first; none that was said before."""
    slots = _slots(move, standing)
    fits = [
        template
        for template in templates()[move.worded_as or move.kind]
        if template.family in ("", standing.family)
        and set(_SLOT.findall(template.say)) <= slots.keys()
        and _suits(template, move, standing)
        and not _was_said(template, standing.asked[1:])
    ]
    often = {template: _was_said(template, standing.earlier) for template in fits}
    for template in sorted(fits, key=lambda one: (often[one], not one.needs, one.needs == "claim")):
        line = template.say.format_map(slots)
        if not _names_it(template) and (template.needs or move.opening):
            line = _led(move, standing, line)
        if find_fault(line) is None:
            yield line


def _suits(template: Template, move: Move, standing: Standing) -> bool:
    """Whether the clause is what the template asks about, and can be taken up now where it has to be."""
    if not template.needs:
        return True
    if template.needs not in ("claim", move.claim or "claim"):
        return False
    taken_up = bool(move.about) and (is_own(move.about) or not standing.just_quoted)
    return taken_up or _names_it(template)


def _names_it(template: Template) -> bool:
    return bool(_SLOT.search(template.say))


def _was_said(template: Template, lines: tuple[str, ...]) -> bool:
    """Whether one of the lines was made from it."""
    fixed = [part for part in _SLOT.split(template.say)[::2] if part.strip()]
    return any(all(part in line for part in fixed) for line in lines)


def _slots(move: Move, standing: Standing) -> dict[str, str]:
    part = move.component
    slots = {
        "quote": move.about,
        "part": part,
        "Part": part[:1].upper() + part[1:],
        "amount": move.amount[:1].lower() + move.amount[1:],
    }
    slots["asked"] = last_question(standing)
    return {name: value for name, value in slots.items() if value}


def last_question(standing: Standing) -> str:
    """The last question that is short enough to be asked again and took up no words; nothing where there is
    none. Replies are none, and neither is what fits any question."""
    every = [template for kind in templates().values() for template in kind if not _names_it(template)]
    for asked in reversed([standing.question.text, *standing.asked]):
        if "“" in asked or asked.startswith("You ") or any(template.say in asked for template in every):
            continue
        whole = _SENTENCE_END.split(without_lead(asked).strip())
        last = whole[-1] if len(whole[-1].split()) >= FEWEST_ASKED_AGAIN else " ".join(whole[-2:])
        if last.endswith("?") and len(last.split()) <= MOST_ASKED_AGAIN:
            return last
    return ""


@cache
def templates() -> dict[str, tuple[Template, ...]]:
    """All of them by kind."""
    import yaml

    written = yaml.safe_load(_TEMPLATES.read_text(encoding="utf-8"))
    return {
        kind: tuple(Template(one["say"], one.get("for", ""), one.get("needs", "")) for one in lines)
        for kind, lines in written.items()
    }
