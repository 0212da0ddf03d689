"""A recording that a bucket keeps, sent in pieces as the browser asks for them; it never comes here whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from data.domain import RehearseError

if TYPE_CHECKING:
    from data.recordings import Recordings

_PIECE = 1 << 20
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def media_type(name: str) -> str:
    """What a browser takes a recording of this name for."""
    return "video/webm" if name.endswith(".webm") else "video/mp4"


async def answer(
    recordings: Recordings, name: str, asked: str | None, headers: Mapping[str, str]
) -> Response:
    """The whole, or the range that is asked for; `RehearseError` when the bucket has nothing of that name."""
    try:
        size = await run_in_threadpool(recordings.size, name)
    except RehearseError as error:
        return PlainTextResponse(str(error), status_code=503)
    if size is None:
        raise RehearseError(f"The recording {name} is not there any more.", "It may have been erased.")
    part = _RANGE.fullmatch(asked or "")
    first, after = span(asked, size)
    if first >= after:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    told = {**headers, "Accept-Ranges": "bytes", "Content-Length": str(after - first)}
    if part:
        told["Content-Range"] = f"bytes {first}-{after - 1}/{size}"
    sent = _pieces(recordings, name, first, after)
    return StreamingResponse(sent, 206 if part else 200, told, media_type(name))


def span(asked: str | None, size: int) -> tuple[int, int]:
    """The bytes from, and up to without, as a Range header asks for one range; all of them otherwise."""
    found = _RANGE.fullmatch(asked or "")
    if found is None or found[1] == found[2] == "":
        return 0, size
    if not found[1]:
        return max(size - int(found[2]), 0), size
    return int(found[1]), min(int(found[2]) + 1, size) if found[2] else size


def _pieces(recordings: Recordings, name: str, first: int, after: int) -> Iterator[bytes]:
    for start in range(first, after, _PIECE):
        yield recordings.piece(name, start, min(start + _PIECE, after))
