"""The recording beside its words: a video that every quote, event, timeline and transcript line can seek.

The file is served by `recording_route` (HTTP range requests, read from disk) and only to a URL that
`signed_url` made less than six hours ago, for somebody who may play it now; Streamlit's own media endpoint
would hold the whole file in memory and check nobody.
"""

from __future__ import annotations

import hmac
import re
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from analysis.reviewing.transcript_lines import Line
from data.domain import Attempt, RehearseError, SignalEvent
from data.domain.in_words import clock
from pages.entrance import identity
from pages.entrance.streamlit_inside import under_base
from pages.widgets import resources
from pages.widgets.plain import plain
from pages.widgets.review import pieces

_SECRET = secrets.token_bytes(32)
_VALID_SECONDS = 6 * 3600
_SAME_SECONDS = 3600
"""How long the address of a recording stays the same."""
_EXPIRES = re.compile("[0-9]{1,12}")
_PIECE = 1 << 20
"""Bytes of a shared recording that are sent before it is asked again whether it is still shared."""


def _signature(name: str, expires: int) -> str:
    return hmac.digest(_SECRET, f"{name}:{expires}".encode(), "sha256").hex()


def signed_url(name: str, now: float | None = None, link: str = "") -> str:
    """A URL for one recording; it stays the same for a while, so that a rerun does not restart the video.

    `link` is the secret of a share link, where that is why the recording may be played.
    """
    moment = time.time() if now is None else now
    expires = int(moment) // _SAME_SECONDS * _SAME_SECONDS + _VALID_SECONDS
    signed = f"expires={expires}&signature={_signature(name, expires)}"
    return under_base(f"/recordings/{name}?{signed}") + (f"&key={link}" if link else "")


def is_signed(name: str, expires: str, signature: str, now: float | None = None) -> bool:
    """Whether `signed_url` made this for `name` and it has not run out."""
    moment = time.time() if now is None else now
    if not _EXPIRES.fullmatch(expires) or int(expires) <= moment:
        return False
    return hmac.compare_digest(_signature(name, int(expires)).encode(), signature.encode("utf-8", "replace"))


def require_recording(name: str, cookies: Mapping[str, str], key: str) -> bool:
    """Whether somebody else than the owner plays a recording; `RehearseError` when they may not."""
    if not identity.is_needed():
        return False
    looking = resources.session(cookies)
    attempt = looking.grants.require_recording(name, key)
    return attempt.candidate_id != looking.viewer.candidate_id


def require_own(name: str, cookies: Mapping[str, str]) -> None:
    """Refuse a file as it was sent to anybody but whoever sent it."""
    if not identity.is_needed():
        return
    looking = resources.session(cookies)
    own = {attempt.id for attempt in looking.answers.of(looking.viewer.candidate_id)}
    if name.partition(".")[0] not in own:
        raise RehearseError("This file can be saved only by whoever sent it.")


async def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    query = request.query_params
    if not is_signed(name, query.get("expires", ""), query.get("signature", "")):
        return PlainTextResponse("This link has run out. Open the review page again.", status_code=403)
    sent = resources.recordings().is_received(name)
    try:
        if sent:
            require_own(name, request.cookies)
        shared = not sent and require_recording(name, request.cookies, query.get("key", ""))
    except RehearseError as error:
        return PlainTextResponse(str(error), status_code=403)
    if shared:
        _shorten(request)
    headers = {"Cache-Control": "private, no-store"}
    try:
        if not resources.recordings().is_here(name):
            asked = Headers(scope=request.scope).get("range")  # as it is now, perhaps shortened
            return await pieces.answer(resources.recordings(), name, asked, headers)
        path = resources.recordings().path(name)
    except RehearseError as error:
        return PlainTextResponse(str(error), status_code=404)
    if sent:
        called = resources.recordings().sent_as(name.partition(".")[0])
        return _Recording(path, media_type="application/octet-stream", filename=called, headers=headers)
    return _Recording(path, media_type=pieces.media_type(name), headers=headers)


class _Recording(FileResponse):
    """Sent in large pieces: between two of them a page that is being drawn takes its turn."""

    chunk_size = _PIECE


def _shorten(request: Request) -> None:
    """Answer with at most one piece, so that the grant is asked again before the next one."""
    headers = request.scope["headers"]
    asked = re.fullmatch(r"bytes=([0-9]{1,15})-([0-9]{0,15})", request.headers.get("range", "bytes=0-"))
    first = int(asked[1]) if asked else 0
    piece = first + _PIECE - 1
    last = min(int(asked[2]), piece) if asked and asked[2] else piece
    # With If-Range a file that has changed, or an invented mark, would be sent as a whole.
    others = [(name, value) for name, value in headers if name not in (b"range", b"if-range")]
    request.scope["headers"] = [*others, (b"range", f"bytes={first}-{last}".encode())]


recording_route = Route(under_base("/recordings/{name}"), _serve)

_HERE = Path(__file__)
_PLAYER = st.components.v2.component(
    "rehearse_player",
    html=_HERE.with_suffix(".html").read_text(encoding="utf-8"),
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)
_SEEK = "player_seek"
_LINKED = "player_linked"


@dataclass(frozen=True, slots=True)
class Part:
    """A recording that is played in step with another; `begins` is where its answer begins, seconds."""

    name: str
    begins: float


def is_there(attempt: Attempt) -> bool:
    """Whether the attempt has a recording that can be played."""
    if attempt.recording is None:
        return False
    try:
        return resources.recordings().is_there(attempt.recording)
    except RehearseError:
        return False


def seek_to(seconds: float, play: bool = True) -> None:
    """Ask the player on this page to jump there on this rerun (use as a button's `on_click`)."""
    st.session_state[_SEEK] = {"id": secrets.token_hex(4), "seconds": seconds, "play": play}


def _follow_link(attempt_id: str) -> None:
    """Seek to `?t=` of the address, once: afterwards it is whoever watches who moves the recording."""
    asked = st.query_params.get("t")
    if asked is None:
        return
    del st.query_params["t"]
    seconds = seconds_of(asked)
    if seconds is not None and st.session_state.get(_LINKED) != (attempt_id, asked):
        st.session_state[_LINKED] = (attempt_id, asked)
        seek_to(seconds, play=False)


def seconds_of(text: str) -> float | None:
    """Seconds from "83", "83.5" or "1:23"; None for anything else."""
    found = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,5}(?:\.\d+)?)", text)
    return None if found is None else 60 * int(found[1] or 0) + float(found[2])


def seek_key(seconds: float, name: str) -> str:
    """The key of a button that seeks. The player reads the place from it and jumps without a rerun."""
    return f"seek-{round(seconds * 1000)}-{name}"


def jump(event: SignalEvent, *, key: str) -> None:
    """A line that names an event and, clicked, plays it."""
    span = f"{clock(event.start_seconds)}–{clock(event.end_seconds)}"
    st.button(
        f"▶ {span} {plain(event.name)}",
        key=seek_key(event.start_seconds, key),
        type="tertiary",
        on_click=seek_to,
        args=(event.start_seconds,),
        help=plain(event.advice) or None,
    )


def show(
    name: str | None,
    lines: Sequence[Line],
    *,
    key: str,
    marks: Mapping[str, dict[str, str]] | None = None,
    captions: str = "",
    leads: bool = True,
    link: str = "",
    attempt_id: str = "",
    part: Part | None = None,
) -> None:
    """Draw the player for recording `name` with its transcript lines; without a name the lines alone.

    `marks` gives the title and colour of each criterion whose quotes are underlined, `captions` is WebVTT.
    The player that `leads` is the one that quotes and timelines on the page move; with `attempt_id` also
    `?t=` of the address, which it can copy. One that takes `part` in a comparison is moved by `in_step`.
    """
    if attempt_id:
        _follow_link(attempt_id)
    _PLAYER(
        key=key,
        data={
            "url": signed_url(name, link=link) if name else None,
            "lines": [asdict(line) for line in lines],
            "marks": dict(marks or {}),
            "captions": captions,
            "leads": leads,
            "attempt": attempt_id,
            "part": asdict(part) if part else None,
            "seek": st.session_state.get(_SEEK) if leads else None,
        },
    )


def show_sent_file(attempt: Attempt) -> None:
    """A button that saves the file somebody handed over, as long as not all of it is in the recording.

    From disk: it may be larger than the memory.
    """
    path = resources.recordings().received(attempt.id)
    if path is not None:
        st.link_button("The file you sent", signed_url(path.name))
