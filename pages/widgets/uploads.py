"""Who may send files, how much, and where they go: to disk, before Streamlit would take them into memory."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Protocol

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from data.access import NOBODY, Viewer
from data.domain import RehearseError
from data.incoming import Incoming, Key
from pages.entrance import streamlit_inside
from pages.widgets import resources
from pages.widgets.one_file import OneFile

LOGGER = logging.getLogger(__name__)
IN_MEMORY_BYTES = 4_000_000
"""The largest file that is read as a whole."""
FRAME_BYTES = 16_384
"""What a browser sends around a file."""
AT_ONCE_BYTES = 1 << 20
"""Written to disk at a time, beside the loop that serves everybody."""
_PATH = re.compile(r"/([\w-]{1,64})/([\w-]{1,64})")


@st.cache_resource(show_spinner=False)
def incoming() -> Incoming:
    """The files on their way in."""
    return Incoming(resources.recordings().folder / "incoming")


def on_disk(file_id: str) -> Path | None:
    """Where a file lies that this browser session was sent; Streamlit knows only its name."""
    session = streamlit_inside.browser_session()
    return incoming().find((session, file_id)) if session else None


class Uploaded(Protocol):
    """What `st.file_uploader` gives."""

    file_id: str

    def getvalue(self) -> bytes:
        """Its bytes, as far as Streamlit has them."""


def content_of(file: Uploaded) -> bytes:
    """What is in an uploaded file that fits into memory, like a question set."""
    path = on_disk(file.file_id)
    if path is None:
        return file.getvalue()
    if path.stat().st_size > IN_MEMORY_BYTES:
        raise RehearseError("The file is too large.", f"It may have {IN_MEMORY_BYTES / 1e6:g} MB.")
    return path.read_bytes()


class Receiving:
    """ASGI middleware in front of Streamlit's own upload address."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an upload; let everything else through."""
        begins = streamlit_inside.under_base("/_stcore/upload_file")
        if scope["type"] != "http" or not scope["path"].startswith(begins):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        answer = await self._answer(request, scope["path"][len(begins) :])
        if answer is None:
            await self._app(scope, receive, send)
        else:
            await answer(scope, receive, send)

    async def _answer(self, request: Request, rest: str) -> Response | None:
        key = _PATH.fullmatch(rest)
        if request.method not in ("PUT", "DELETE"):
            return None
        viewer = await run_in_threadpool(resources.viewer, request.cookies)
        if viewer == NOBODY:
            return PlainTextResponse("Sign in before you send files.", 403)
        if not streamlit_inside.came_from_our_page(request.headers, request.cookies):
            return PlainTextResponse("Reload the page, then send the file again.", 403)
        if key is None or not streamlit_inside.is_open(key[1]):
            return PlainTextResponse("This page is not open any more. Reload it.", 400)
        if request.method == "DELETE":
            incoming().drop((key[1], key[2]))
            return None
        return await _taken(request, viewer, (key[1], key[2]))


async def _taken(request: Request, viewer: Viewer, key: Key) -> Response:
    most = int(streamlit_inside.option("server.maxUploadSize")) * 1024 * 1024 + FRAME_BYTES
    length = request.headers.get("content-length", "")
    # With both headers the body would end where its pieces end, whatever length was said.
    if "transfer-encoding" in request.headers or not re.fullmatch(r"[0-9]{1,15}", length):
        return PlainTextResponse("The length of the file is missing.", 411)
    if int(length) > most:
        return PlainTextResponse("The file is too large.", 413)
    files = incoming()
    files.sweep(streamlit_inside.is_open)
    try:
        path = await run_in_threadpool(files.begin, key, viewer.candidate_id, int(length))
    except RehearseError as full:
        LOGGER.warning("A file of %s bytes was refused: %s", length, full.message)
        return PlainTextResponse(str(full), 507)
    try:
        record = await _written(request, path, key[1], int(length))
    except (ValueError, ClientDisconnect) as failure:
        files.drop(key)
        return PlainTextResponse(f"The file did not arrive whole: {failure}.", 400)
    except BaseException:
        files.drop(key)
        raise
    finally:
        files.ended(path)
    streamlit_inside.hand_over(key[0], record)
    return Response(status_code=204)


async def _written(request: Request, path: Path, file_id: str, most: int) -> streamlit_inside.UploadedFileRec:
    """The file on disk, as Streamlit has it: without its bytes. ValueError beyond `most` bytes."""
    arrived = 0
    with path.open("w+b") as target:
        file = OneFile(request.headers.get("content-type", ""), target)
        held = bytearray()
        async for piece in request.stream():
            arrived += len(piece)
            if arrived > most:
                raise ValueError("it is longer than was said")
            held += piece
            if len(held) >= AT_ONCE_BYTES:
                if not incoming().is_wanted(path):
                    raise ValueError("it was taken away")
                await run_in_threadpool(file.feed, bytes(held))
                held.clear()
        await run_in_threadpool(file.feed, bytes(held))
        file.close()
    if not incoming().is_wanted(path):
        raise ValueError("it was taken away")
    return streamlit_inside.UploadedFileRec(file_id, file.name, file.kind, b"")
