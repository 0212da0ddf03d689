"""The messages a judge is sent, built from the files in `analysis/scoring/judge/prompts/`.

Rules, question and transcript come first and are the same in every question about an answer, so that a server
that remembers how a prompt begins reads them once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from string import Template

from analysis.llm.between_marks import without_mark
from analysis.llm.chat_model import Message
from analysis.scoring.judge.asked_items import Group, Item
from analysis.scoring.judge.false_claims import Claim
from analysis.scoring.judge.view import View
from data.domain import Criterion, Question
from data.rubrics import RUBRICS, category_criteria, load_rubric

PROMPTS = Path(__file__).parent / "prompts"
LONGEST_REASON_CHARACTERS = 1000


@lru_cache(maxsize=16)
def _template(name: str) -> Template:
    return Template((PROMPTS / f"{name}.md").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def prompt_version() -> str:
    """A hash of all prompt files, and of the rubric, whose clauses are asked."""
    files = (*sorted(PROMPTS.glob("*.md")), *sorted(RUBRICS.glob("*.yaml")))
    whole = "".join(path.read_text(encoding="utf-8") for path in files)
    return hashlib.sha256(whole.encode()).hexdigest()[:8]


def opening(question: Question, view: View) -> tuple[Message, Message]:
    """The rules and the answer: how every question about it begins."""
    data = _template("answer").substitute(
        question=_data(view, question.in_full.splitlines()), fence=view.fence, transcript=view.transcript
    )
    return Message("system", _template("rules").template), Message("user", data)


def dispute(view: View, reason: str) -> Message:
    """The candidate's reason against an earlier verdict, in a message of its own."""
    said = without_mark(reason, view.fence)[:LONGEST_REASON_CHARACTERS]
    return Message("user", _template("rejudge").substitute(fence=view.fence, reason=said))


def read_request(question: Question, view: View, group: Group) -> Message:
    """What is in the answer, clause by clause and point by point."""
    parts = [_criterion(criterion) for criterion in group.criteria]
    items = "\n".join([*parts, *_points(view, group.points)])
    guidance = category_criteria(question.category).guidance
    return Message("user", _template("read").substitute(items=items, guidance=guidance))


def claims_request(criteria: Sequence[Criterion]) -> Message:
    """The separate look for false claims."""
    listed = ", ".join(f"{criterion.id} ({criterion.title})" for criterion in criteria)
    return Message("user", _template("claims").substitute(criteria=listed))


def again_request(view: View, items: Sequence[Item], doubted: Mapping[str, Claim]) -> Message:
    """The same once more about what is in doubt, and whether doubted claims can be defended."""
    clauses = [f"  {item.id}: {item.text}" for item in items if item.point is None]
    listed = [*clauses, *_points(view, [item for item in items if item.point is not None])]
    claims = [f"- {name}: “{claim.shown}” Held against it: {claim.fact}" for name, claim in doubted.items()]
    asked = _template("doubted").substitute(claims=_fenced(view, "CLAIMS", claims)) if claims else ""
    return Message("user", _template("again").substitute(items="\n".join(listed), claims=asked))


def next_request(lacking: Mapping[str, Sequence[str]]) -> Message:
    """The one thing that would earn the next level, of each criterion that lacks something."""
    titles = {criterion.id: criterion.title for criterion in load_rubric().criteria}
    listed = [f"- {name} ({titles[name]}): {' '.join(texts)}" for name, texts in lacking.items()]
    return Message("user", _template("next").substitute(lacking="\n".join(listed)))


def _criterion(criterion: Criterion) -> str:
    parts = [f"{criterion.id} - {criterion.title}"]
    for anchor in criterion.anchors[1:]:
        parts += [f"  {clause.id}: {clause.text}" for clause in anchor.clauses]
        parts.append(f"  Example: {anchor.example}")
    return "\n".join(parts)


def _points(view: View, points: Sequence[Item]) -> list[str]:
    if not points:
        return []
    return [_fenced(view, "KEY POINTS", [f"- {item.id}: {item.text}" for item in points])]


def _data(view: View, lines: Sequence[str]) -> str:
    """Lines that somebody else wrote, as they may stand between the fences: none of them is a fence.

    An own question is written by the very person who is judged.
    """
    return "\n".join(without_mark(" ".join(line.split()), view.fence) for line in lines)


def _fenced(view: View, name: str, lines: Sequence[str]) -> str:
    return f"{view.fence} BEGIN {name}\n{_data(view, lines)}\n{view.fence} END {name}"
