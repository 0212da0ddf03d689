"""A judging that a restart cut off: what was asked, of whom, and whether that is who would be asked now."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Protocol


class Judging(Protocol):
    """A judge, as far as it matters who reads what it is given."""

    @property
    def version(self) -> str:
        """Everything its levels depend on."""

    @property
    def receiver(self) -> str:
        """Its model and where that runs."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """What was being judged: `about` is the disputed criterion, empty for the whole answer.

    `version` and `receiver` of the judge are empty where an earlier version of the app did not keep them.
    """

    about: str = ""
    version: str = ""
    receiver: str = ""

    def is_of(self, judge: Judging) -> bool:
        """Whether this very judge was asked: only then does it go on without asking the candidate again."""
        return (self.version, self.receiver) == (judge.version, judge.receiver)

    @property
    def text(self) -> str:
        """As it is remembered."""
        return json.dumps(asdict(self))


def asked_of(judge: Judging, about: str = "") -> CutOff:
    """What is remembered while this judge is at work."""
    return CutOff(about, judge.version, judge.receiver)


def read(text: str) -> CutOff:
    """What was remembered, also by a version that kept the criterion alone."""
    try:
        kept = json.loads(text)
        return CutOff(str(kept["about"]), str(kept["version"]), str(kept["receiver"]))
    except (ValueError, TypeError, KeyError):
        return CutOff(text)
