"""What a recording may be: how long, how large its pictures, how many a second, how long nothing at all."""

from __future__ import annotations

from typing import Protocol

from analysis.media.stream_clock import as_clock
from data.domain import RehearseError

LONGEST_SECONDS = 1800.0
MAX_PIXELS = 4096 * 2304
"""The largest picture that is decoded: one of 16,000 by 16,000 takes 384 MB, from 2 kB of file."""
MAX_LIVE_PIXELS = 1920 * 1200
"""The largest that is recorded: 60 of them may wait for the encoder, 3.5 MB each."""
MAX_RATE = 60.0
"""Pictures a second that are kept."""
APART_SECONDS = 0.9 / MAX_RATE
"""Pictures that follow closer are left out."""
BURST = 60
"""So many may come at once after a stall; more than wait for the encoder."""
MAX_GAP_SECONDS = 5.0
"""No longer stretch without picture and sound is kept."""


class Picture(Protocol):
    """A picture as it came, decoded or not."""

    @property
    def width(self) -> int:
        """Pixels."""

    @property
    def height(self) -> int:
        """Pixels."""

    @property
    def time(self) -> float | None:
        """The sender's second."""


class LiveBounds:
    """Holds one live recording to them."""

    def __init__(self, longest_seconds: float = LONGEST_SECONDS) -> None:
        """Nothing has arrived yet."""
        self.cut_seconds = 0.0
        """How much of the gaps is not in the recording."""
        self.notice = ""
        """What is not recorded, in a sentence; "" when all is."""
        self._longest = longest_seconds
        self._origin = self._latest = 0.0
        self._begun = False
        self._shown: float | None = None
        self._room = float(BURST)
        self._arrived = float("-inf")

    def admits(self, picture: Picture, arrived: float) -> bool:
        """Whether a picture is recorded that arrived at this second of a steady clock."""
        if picture.width * picture.height > MAX_LIVE_PIXELS:
            self.notice = (
                f"Your camera sends pictures of {picture.width:,} x {picture.height:,} pixels; up to "
                "1920 x 1200 are recorded. The sound is recorded all the same."
            )
            return False
        shown, before = picture.time, self._shown
        close = shown is not None and before is not None and before <= shown < before + APART_SECONDS
        if close or not self._has_room(arrived):
            self.notice = (
                f"Your camera sends more than {MAX_RATE:.0f} pictures a second; that many are recorded."
            )
            return False
        self._shown = shown
        self._room -= 1.0
        return True

    def leave_out(self, what: str) -> None:
        """Note that something of this kind came which cannot be recorded; the rest is."""
        self.notice = f"{what} came that cannot be recorded. The rest is recorded all the same."

    def _has_room(self, arrived: float) -> bool:
        """Whether one more picture can be kept, by the time of arrival: a sender may stamp as it likes."""
        since = max(0.0, arrived - self._arrived)
        self._room = min(float(BURST), self._room + since / APART_SECONDS)
        self._arrived = max(self._arrived, arrived)
        return self._room >= 1.0

    def since_start(self, arrived: float) -> float:
        """Seconds since the first frame, long gaps shortened. RehearseError when that is long enough."""
        if not self._begun:
            self._begun, self._origin, self._latest = True, arrived, arrived
        gap = arrived - self._latest
        if gap > MAX_GAP_SECONDS:
            self._origin += gap - MAX_GAP_SECONDS
            self.cut_seconds += gap - MAX_GAP_SECONDS
            kept = f"{MAX_GAP_SECONDS:g} seconds of that are in the recording."
            self.notice = f"Nothing arrived for {as_clock(gap)}. {kept}"
        self._latest = max(self._latest, arrived)
        if arrived - self._origin >= self._longest:
            raise RehearseError(
                f"The recording has reached {self._longest / 60:g} minutes, the longest that is kept.",
                "What was said up to here is kept.",
            )
        return arrived - self._origin
