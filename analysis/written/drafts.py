"""What is being written for a question, kept under the candidate's name until an answer takes it along."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Protocol

from data.domain import CheckResult, Code, Sketch, Written

LONGEST_TEXT = 50_000
"""Characters of code or of a sketch; an interview's worth is a twentieth of it."""


class DraftKeeper(Protocol):
    """The part of the store that keeps small values."""

    def recall(self, owner: str, key: str) -> str | None:
        """What was kept under a key, or None."""

    def remember(self, owner: str, key: str, value: str) -> None:
        """Keep a value until it is overwritten or erased."""

    def forget(self, owner: str, key: str) -> None:
        """Drop a kept value."""


def code_draft(keeper: DraftKeeper, owner: str, question_id: str) -> Code | None:
    """The code as it was last saved, with its test results; None when nothing was written."""
    kept = keeper.recall(owner, _key("code", question_id))
    if kept is None:
        return None
    found = json.loads(kept)
    return Code(**{**found, "checks": tuple(CheckResult(**check) for check in found["checks"])})


def sketch_draft(keeper: DraftKeeper, owner: str, question_id: str) -> Sketch | None:
    """The sketch as it was last saved; None when there is none."""
    kept = keeper.recall(owner, _key("sketch", question_id))
    return Sketch(kept) if kept and kept.strip() else None


def keep_code(keeper: DraftKeeper, owner: str, question_id: str, code: Code) -> None:
    """Save the code as it stands."""
    keeper.remember(owner, _key("code", question_id), json.dumps(asdict(code)))


def keep_sketch(keeper: DraftKeeper, owner: str, question_id: str, sketch: Sketch) -> None:
    """Save the sketch as it stands, also when it was emptied."""
    keeper.remember(owner, _key("sketch", question_id), sketch.text)


def written_for(keeper: DraftKeeper, owner: str, question_id: str) -> Written:
    """Everything that is being written for a question."""
    return Written(code_draft(keeper, owner, question_id), sketch_draft(keeper, owner, question_id))


def drop_drafts(keeper: DraftKeeper, owner: str, question_id: str) -> None:
    """Start the question with a blank page again, once an answer has what was written."""
    for kind in ("code", "sketch"):
        if keeper.recall(owner, _key(kind, question_id)) is not None:
            keeper.forget(owner, _key(kind, question_id))


def _key(kind: str, question_id: str) -> str:
    return f"{kind}-draft:{question_id}"
