"""Who may see whose data. Every read of a person's data asks `may_read`, and nothing else decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.domain.errors import RehearseError

SAMPLE_CANDIDATE = "sample"
"""Owner of the synthetic sample data; never a person."""

Role = Literal["local", "candidate", "instructor", "admin"]
What = Literal["attempts", "content", "delivery", "camera", "recording", "settings"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever asks. `local` is the one user of an installation without sign-in."""

    candidate_id: str
    role: Role = "candidate"


LOCAL = Viewer("local", "local")


def may_read(viewer: Viewer, owner: str, what: What) -> bool:
    """Whether `viewer` may see `owner`'s data of the kind `what`; the sample belongs to everybody."""
    return viewer.role == "local" or owner in (viewer.candidate_id, SAMPLE_CANDIDATE)


def may_erase(viewer: Viewer, owner: str) -> bool:
    """Whether `viewer` may erase `owner`'s data: one's own, or anything where there is no sign-in."""
    return viewer.role == "local" or owner == viewer.candidate_id


def may_override(viewer: Viewer, owner: str) -> bool:
    """Whether `viewer` may put a level beside the machine's: an instructor who sees the content."""
    return viewer.role != "candidate" and may_read(viewer, owner, "content")


def require_read(viewer: Viewer, owner: str, what: What) -> None:
    """Raise where `may_read` says no."""
    if not may_read(viewer, owner, what):
        raise RehearseError("You may not see this.", "Ask the person it belongs to to share it.")


def require_own(viewer: Viewer, owner: str, verb: str) -> None:
    """Raise unless it is the viewer's own, or there is no sign-in; `verb` is what was tried ("erase")."""
    if not may_erase(viewer, owner):
        raise RehearseError(f"You may not {verb} this.", "Only the person it belongs to can.")


def require_override(viewer: Viewer, owner: str) -> None:
    """Raise where `may_override` says no."""
    if not may_override(viewer, owner):
        raise RehearseError("You may not give a level here.", "Only an instructor of this person can.")
