"""Where a typed candidate's words come from."""

from __future__ import annotations

from collections.abc import Callable

from analysis.interview.doors import Heard


class TypedFloor:
    """A text box: silence means nothing there, and the draft is handed over when the floor changes.

    `version` counts the drafts that were taken; `keep` is told every change of the draft.
    """

    seconds = 0.0
    silent_seconds = 0.0

    def __init__(self, draft: str, keep: Callable[[str], None]) -> None:
        """Begin with what was kept of an earlier draft."""
        self.draft = draft
        self.version = 1
        self._keep = keep

    def write(self, text: str) -> None:
        """The candidate has written this so far."""
        if text != self.draft:
            self.draft = text
            self._keep(text)

    def heard(self) -> Heard:
        """Nothing is taken before it is handed over."""
        return Heard("")

    def last_words(self) -> Heard:
        """Take the draft and empty the box."""
        text = self.draft
        self.write("")
        self.version += 1
        return Heard(text)

    def hold(self, held: bool) -> None:
        """A pause changes nothing: what is written is kept."""
