"""What is being written for a question, kept under the candidate's name until an answer takes it along.

All drafts are kept in one place (`session.drafts`), each with its version; this says under which key.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Protocol

from data.domain import Change, CheckResult, Code, Draft, Sketch, Written
from data.domain.letters import keepable

LONGEST_TEXT = 50_000
"""Characters of code, of a sketch or of an answer; an interview's worth is a twentieth of it."""
_LONGEST_VERSION = 80


class Drafts(Protocol):
    """Where drafts are kept (`session.drafts`)."""

    def find(self, owner: str, key: str) -> Draft:
        """The draft as it was last kept; empty when there is none."""

    def keep(self, owner: str, key: str, change: Change) -> Draft:
        """Keep a change unless something newer is there; what is kept now."""

    def drop(self, owner: str, key: str) -> None:
        """Forget a draft."""


class DraftKeeper(Protocol):
    """The part of a session that keeps drafts."""

    @property
    def drafts(self) -> Drafts:
        """Where they are."""


def answer_key(question_id: str) -> str:
    """Of a typed answer to one question."""
    return f"draft:{question_id}"


def code_key(question_id: str) -> str:
    """Of the code for a question."""
    return f"code-draft:{question_id}"


def sketch_key(question_id: str) -> str:
    """Of the sketch for a question."""
    return f"sketch-draft:{question_id}"


def interview_key(interview_id: str) -> str:
    """Of what is being typed in an interview."""
    return f"interview-draft:{interview_id}"


def words_key(attempt_id: str) -> str:
    """Of the corrected words of an answer."""
    return f"words-draft:{attempt_id}"


def dispute_key(attempt_id: str, scorer: str, criterion: str) -> str:
    """Of what a level is said to overlook."""
    return f"dispute-draft:{attempt_id}:{scorer}:{criterion}"


def within_limits(change: Change, longest: int = LONGEST_TEXT) -> Change:
    """What a browser sent, no longer than is kept; a version of ours is much shorter."""
    version, base = (keepable(one[:_LONGEST_VERSION]) for one in (change.version, change.base))
    return replace(change, text=keepable(change.text[:longest]), version=version, base=base)


def code_of(draft: Draft) -> Code | None:
    """The code of a draft, with its test results; None when nothing was written."""
    if not draft.text:
        return None
    found = json.loads(draft.text)
    return Code(**{**found, "checks": tuple(CheckResult(**check) for check in found["checks"])})


def as_text(code: Code) -> str:
    """As a draft keeps it."""
    return json.dumps(asdict(code))


def sketch_of(draft: Draft) -> Sketch | None:
    """The sketch of a draft; None when there is none."""
    return Sketch(draft.text) if draft.text.strip() else None


def written_for(keeper: DraftKeeper, owner: str, question_id: str) -> Written:
    """Everything that is being written for a question."""
    code = keeper.drafts.find(owner, code_key(question_id))
    return Written(code_of(code), sketch_of(keeper.drafts.find(owner, sketch_key(question_id))))


def drop_drafts(keeper: DraftKeeper, owner: str, question_id: str) -> None:
    """Start the question with a blank page again, once an answer has what was written."""
    for key in (code_key(question_id), sketch_key(question_id)):
        if keeper.drafts.find(owner, key).version:
            keeper.drafts.drop(owner, key)
