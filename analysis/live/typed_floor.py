"""Where a typed candidate's words come from."""

from __future__ import annotations

import threading
from collections.abc import Callable

from analysis.live.doors import Heard
from data.domain import Change, Draft
from data.domain.letters import visible


class TypedFloor:
    """A text box: silence means nothing there, and the draft is handed over when the floor changes.

    What is written is here until it has been handed over; `keep` stores each draft, and may fail.
    """

    seconds = 0.0
    silent_seconds = 0.0
    turn_over = None

    def __init__(self, draft: Draft, keep: Callable[[Draft], None]) -> None:
        """Begin with what was kept of an earlier draft."""
        self.draft = draft
        self._keep = keep
        self._writing = threading.Lock()
        self._storing = threading.Lock()

    def write(self, change: Change) -> bool:
        """A tab has written this; False when another one has written something newer.

        Raises what `keep` raises; the draft is here all the same.
        """
        with self._writing:
            if change.version == self.draft.version:
                return True
            if not change.follows(self.draft.version):
                return False
            self.draft = Draft(change.text, change.version)
        self._store()
        return True

    def heard(self) -> Heard:
        """Nothing is taken before it is handed over."""
        return Heard("")

    def last_words(self) -> Heard:
        """Take the draft and empty the box, in every tab. The new version says what was taken."""
        with self._writing:
            text, version = self.draft.text, self.draft.version
            if text:
                self.draft = Draft("", f"taken:{version}")
            return Heard(visible(text))

    def pause_to_judge(self) -> None:
        """Nobody is heard here."""

    def settle(self) -> None:
        """What was taken is written down elsewhere now: only now is the kept draft emptied too."""
        if not self.draft.text:
            self._store()

    def hold(self, held: bool) -> None:
        """A pause changes nothing: what is written is kept."""

    def _store(self) -> None:
        with self._storing:
            self._keep(self.draft)
