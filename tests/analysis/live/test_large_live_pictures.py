"""A live picture that is too large is never decoded, by the decoder that WebRTC really uses."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from aiortc import RTCRtpCodecParameters, rtcrtpreceiver
from aiortc.jitterbuffer import JitterFrame

from analysis.live.captures import Capture
from analysis.media.live_decoding import TooLarge, vp8_size

HUGE = bytes.fromhex("3042009d012a") + (16_000).to_bytes(2, "little") * 2 + bytes(40)
"""The head of a VP8 key frame of 16,000 x 16,000."""
BUILDS_ON_IT = b"\x31" + bytes(40)


def encoded(width: int, height: int, codec: str, count: int = 2) -> list[bytes]:
    """Grey pictures: a key frame and what builds on it."""
    import av

    context: Any = av.CodecContext.create(codec, "w")
    context.width, context.height, context.pix_fmt = width, height, "yuv420p"
    context.time_base = Fraction(1, 30)
    quick = {"preset": "ultrafast", "tune": "zerolatency"}
    context.options = quick if codec == "libx264" else {"deadline": "realtime", "cpu-used": "8"}
    made: list[bytes] = []
    for at in range(count):
        frame = av.VideoFrame(width, height, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([128]) * plane.buffer_size)
        frame.pts = at
        made += [bytes(packet) for packet in context.encode(frame)]
    return made


def decoded(tmp_path: Path, name: str, pictures: Sequence[bytes]) -> list[Any]:
    """What comes out of aiortc's own decoding thread while a capture is connected."""
    capture = Capture(tmp_path / "a.mp4", video=True, on_audio=None, on_video=None)
    capture.connect("me")
    codec = RTCRtpCodecParameters(mimeType=f"video/{name}", clockRate=90_000, payloadType=97)
    waiting: queue.Queue[Any] = queue.Queue()
    for at, data in enumerate(pictures):
        waiting.put((codec, JitterFrame(data=data, timestamp=at * 3000)))
    waiting.put(None)

    async def run() -> list[Any]:
        out: asyncio.Queue[Any] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(rtcrtpreceiver.decoder_worker, loop, waiting, out, threading.Event())
        found = []
        while (frame := await out.get()) is not None:
            found.append(frame)
        return found

    found = asyncio.run(run())
    for frame in found:
        capture._receive("video", frame)
    return found


def sizes(frames: Sequence[Any]) -> list[tuple[str, int, int]]:
    return [(type(frame).__name__, frame.width, frame.height) for frame in frames]


def test_a_huge_picture_and_what_builds_on_it_is_named_and_the_next_that_fits_is_decoded(
    tmp_path: Path,
) -> None:
    small = encoded(320, 240, "libvpx")
    frames = decoded(tmp_path, "VP8", [*small, HUGE, BUILDS_ON_IT, *small])
    assert sizes(frames) == [
        ("VideoFrame", 320, 240),
        ("VideoFrame", 320, 240),
        ("TooLarge", 16_000, 16_000),
        ("TooLarge", 16_000, 16_000),
        ("VideoFrame", 320, 240),
        ("VideoFrame", 320, 240),
    ]


def test_a_large_h264_picture_is_not_laid_out(tmp_path: Path) -> None:
    small, large = encoded(1920, 1080, "libx264"), encoded(2560, 1440, "libx264")
    frames = decoded(tmp_path, "H264", [*large, *small, large[0]])
    assert sizes(frames) == [
        ("TooLarge", 2560, 1440),
        ("TooLarge", 2560, 1440),
        ("VideoFrame", 1920, 1080),
        ("VideoFrame", 1920, 1080),
        ("TooLarge", 2560, 1440),
    ]


def test_an_h264_picture_that_is_broken_is_still_an_error_to_aiortc(tmp_path: Path) -> None:
    assert decoded(tmp_path, "H264", [b"\0\0\0\1\x65" + bytes(20)]) == []


def test_it_is_told_and_left_out(tmp_path: Path) -> None:
    capture = Capture(tmp_path / "a.mp4", video=True, on_audio=None, on_video=None)
    feed = capture.connect("me")
    assert feed is not None
    capture._receive("video", TooLarge(16_000, 16_000, 0))
    state = capture.state("me")
    assert "16,000 x 16,000 pixels; up to 1920 x 1200 are recorded" in state.notice
    assert state.dropped_video == 1 and state.error is None


@pytest.mark.parametrize("data", [b"", b"\x30", BUILDS_ON_IT, b"\x30\x42\x00\x00\x00\x00" + bytes(9)])
def test_only_a_key_frame_names_its_size(data: bytes) -> None:
    assert vp8_size(data) is None
