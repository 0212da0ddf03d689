"""What WebRTC is given to write to: every frame of its tracks goes on to a recording. No Streamlit here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cache
from typing import Any

from analysis.media.live_decoding import bounded


@cache
def bound_decoders() -> None:
    """Have aiortc decode no picture larger than is recorded, in the whole process.

    There is no public way: its receiver asks this function for the decoder of a codec.
    """
    from aiortc import rtcrtpreceiver

    receiver: Any = rtcrtpreceiver
    usual = receiver.get_decoder
    receiver.get_decoder = lambda codec: bounded(codec.name, usual(codec))


class Feed:
    """What streamlit-webrtc takes for aiortc's MediaRecorder: pulls every frame of the tracks it is given."""

    def __init__(self, receive: Callable[[str, Any], None]) -> None:
        """`receive(kind, frame)` must not block: it runs on the server's event loop."""
        bound_decoders()
        self._receive = receive
        self._tracks: list[Any] = []
        self._tasks: list[asyncio.Task[None]] = []

    def addTrack(self, track: Any) -> None:  # noqa: N802 - aiortc's name
        """Take a track before `start`."""
        self._tracks.append(track)

    async def start(self) -> None:
        """Begin to pull."""
        self._tasks = [asyncio.ensure_future(self._pull(track)) for track in self._tracks]

    async def stop(self) -> None:
        """End; called once per track that ends."""
        for task in self._tasks:
            task.cancel()
        for track in self._tracks:
            track.stop()

    async def _pull(self, track: Any) -> None:
        from aiortc.mediastreams import MediaStreamError

        while True:
            try:
                frame = await track.recv()
            except MediaStreamError:
                return
            self._receive(track.kind, frame)
