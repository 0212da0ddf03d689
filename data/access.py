"""Who may see whose data. Every read of a person's data asks `may_read`, and nothing else decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
