"""Recordings that are older than `RECORDINGS_KEPT_DAYS` are erased, and the answers stay."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from data.recordings import Recordings

EVERY_SECONDS = 3600.0
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)

Recorded = Callable[[datetime, datetime], Sequence[str]]
"""The ids of attempts that began from one moment up to another."""


class Outdated:
    """The recordings that one server ends; after its first round it looks at what became too old since."""

    def __init__(self, recorded: Recorded, recordings: Recordings, kept_days: float) -> None:
        """Nothing is erased before `round`."""
        self._recorded = recorded
        self._recordings = recordings
        self._kept = timedelta(days=kept_days)
        self._done = _FIRST

    def round(self, now: datetime | None = None) -> None:
        """Erase what is too old. `RehearseError` where the bucket is away; the next round tries again."""
        until = (now or datetime.now(UTC)) - self._kept
        for attempt_id in self._recorded(self._done, until):
            if self._recordings.has_any(attempt_id):
                self._recordings.erase_attempt(attempt_id)
        self._done = until


def start_ending(recorded: Recorded, recordings: Recordings, kept_days: float) -> None:
    """Look for what is too old now and every hour, for as long as the process runs."""
    outdated = Outdated(recorded, recordings, kept_days)
    threading.Thread(target=_go_on, args=(outdated,), name="end old recordings", daemon=True).start()


def _go_on(outdated: Outdated) -> None:
    while True:
        try:
            outdated.round()
        except Exception:  # a door: the next round comes
            logging.getLogger(__name__).exception("Old recordings could not be erased.")
        time.sleep(EVERY_SECONDS)
