"""Who may see whose data, and why. Every read of a person's data asks `decide`, and nothing else decides.

A candidate's data is theirs. An instructor sees what members of their cohorts answered since they joined:
words, levels and quotes. Recordings, what camera and voice measured, and when each word was said are private
until the candidate shares that answer. An administrator looks after people and cohorts and sees nobody's
answers; one who instructs a cohort of their own is an instructor like others, and its members are told who
instructs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SAMPLE_CANDIDATE = "sample"
"""Owner of the synthetic sample data; never a person."""
SAMPLE_PREFIX = f"{SAMPLE_CANDIDATE}-"
"""Begins the ids of invented cohorts and of the invented people in them."""

Role = Literal["local", "candidate", "instructor", "admin"]
What = Literal["attempts", "content", "delivery", "camera", "recording", "settings"]
_INSTRUCTED: tuple[What, ...] = ("attempts", "content")
_VOICE: tuple[What, ...] = ("delivery", "recording")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever asks. `local` is the one user of an installation without sign-in."""

    candidate_id: str
    role: Role = "candidate"
    instructs: frozenset[str] = frozenset()
    """Cohorts in which this viewer is an instructor."""


LOCAL = Viewer("local", "local")
NOBODY = Viewer("", "candidate")
"""Whoever has not signed in where sign-in is needed; owns nothing and is shown nothing."""


@dataclass(frozen=True, slots=True)
class Ties:
    """What the database knows between a viewer and one answer of somebody else."""

    instructed: bool = False
    """The viewer instructs a cohort that the owner had joined when the answer was begun."""
    shared: frozenset[What] = frozenset()
    """What a live grant covers."""
    linked: frozenset[What] = frozenset()
    """What a live link covers that the viewer holds; also somebody who has not signed in may hold one."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something may be seen, and the reason, as it is written into the access log."""

    allowed: bool
    why: str


NO_TIES = Ties()


def decide(viewer: Viewer, owner: str, what: What, ties: Ties = NO_TIES) -> Decision:
    """Whether `viewer` may see `owner`'s data of the kind `what`, and why."""
    if viewer.role == "local":
        return Decision(True, "there is no sign-in here")
    if viewer != NOBODY and owner == viewer.candidate_id:
        return Decision(True, "it is their own")
    if what in ties.linked:
        return Decision(True, "it was shared by a link")
    if viewer == NOBODY:
        return Decision(False, "not signed in")
    if is_sample(owner):
        return Decision(True, "it is an invented sample")
    if what in ties.shared:
        return Decision(True, "it was shared")
    if ties.instructed and what in _INSTRUCTED:
        return Decision(True, "an instructor of the cohort")
    return Decision(False, "it is somebody else's and was not shared")


def may_read(viewer: Viewer, owner: str, what: What, ties: Ties = NO_TIES) -> bool:
    """Whether `viewer` may see `owner`'s data of the kind `what`."""
    return decide(viewer, owner, what, ties).allowed


def may_read_times(viewer: Viewer, owner: str, ties: Ties = NO_TIES) -> bool:
    """Whether `viewer` may see when `owner`'s words were said: a pace and every pause follow from that."""
    return any(may_read(viewer, owner, what, ties) for what in _VOICE)


def may_write(viewer: Viewer, owner: str) -> bool:
    """Whether `viewer` may add to, change or erase `owner`'s data: one's own, or all locally."""
    return viewer.role == "local" or (viewer != NOBODY and owner == viewer.candidate_id)


def may_override(viewer: Viewer, ties: Ties) -> bool:
    """Whether `viewer` may put a level beside the machine's: an instructor who sees the answer."""
    return viewer.role == "local" or ties.instructed


def may_read_cohort(viewer: Viewer, cohort_id: str) -> bool:
    """Whether `viewer` may see a cohort person by person: its instructors, and invented ones locally."""
    return is_sample(cohort_id) if viewer.role == "local" else cohort_id in viewer.instructs


def may_read_all_cohorts(viewer: Viewer) -> bool:
    """Whether `viewer` may compare cohorts in totals that name nobody."""
    return viewer.role in ("local", "instructor", "admin") and viewer != NOBODY


def may_look_over_cohorts(viewer: Viewer) -> bool:
    """Whether `viewer` may see how all cohorts do side by side, in totals that leave small groups out."""
    return viewer.role in ("local", "admin") and viewer != NOBODY


def may_run_cohorts(viewer: Viewer) -> bool:
    """Whether `viewer` may found cohorts."""
    return viewer.role in ("instructor", "admin")


def may_configure(viewer: Viewer) -> bool:
    """Whether `viewer` may change what holds for everybody on this server, such as the speech model."""
    return viewer.role in ("local", "admin")


def may_work_again(viewer: Viewer, cohort_id: str) -> bool:
    """Whether `viewer` may have answers of a cohort worked on again, or everybody's where it is empty."""
    return may_configure(viewer) or cohort_id in viewer.instructs


def is_sample(owner: str) -> bool:
    """Whether an owner or a cohort is invented."""
    return owner == SAMPLE_CANDIDATE or owner.startswith(SAMPLE_PREFIX)
