"""The recording beside its words: a video that every quote, event and transcript line can seek.

The file is served by `recording_route` (HTTP range requests, read from disk) and only to a URL that
`signed_url` made less than six hours ago; Streamlit's own media endpoint would hold the whole file in
memory and check nobody.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from pages.widgets import resources

_SECRET = secrets.token_bytes(32)
_VALID_SECONDS = 6 * 3600


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the transcript under the video."""

    start_seconds: float
    end_seconds: float
    text: str


def _signature(name: str, expires: int) -> str:
    return hmac.digest(_SECRET, f"{name}:{expires}".encode(), "sha256").hex()


def signed_url(name: str, now: float | None = None) -> str:
    """A URL for one recording; it stays the same for a while, so that a rerun does not restart the video."""
    moment = time.time() if now is None else now
    expires = (int(moment) // _VALID_SECONDS + 2) * _VALID_SECONDS
    return f"/recordings/{name}?expires={expires}&signature={_signature(name, expires)}"


def is_signed(name: str, expires: str, signature: str, now: float | None = None) -> bool:
    """Whether `signed_url` made this for `name` and it has not run out."""
    moment = time.time() if now is None else now
    if not expires.isdecimal() or int(expires) < moment:
        return False
    return hmac.compare_digest(_signature(name, int(expires)), signature)


async def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    query = request.query_params
    if not is_signed(name, query.get("expires", ""), query.get("signature", "")):
        return PlainTextResponse("This link has run out. Open the review page again.", status_code=403)
    path = resources.recordings().path(name)
    if not path.is_file():
        return PlainTextResponse("This recording is not there any more.", status_code=404)
    return FileResponse(path, media_type=_media_type(path), headers={"Cache-Control": "private, no-store"})


def _media_type(path: Path) -> str:
    return "video/webm" if path.suffix == ".webm" else "video/mp4"


recording_route = Route("/recordings/{name}", _serve)

_HTML = """
<div class="player">
  <video controls playsinline preload="metadata" aria-label="Recording of this answer"></video>
  <div class="speed" role="group" aria-label="Playback speed"></div>
  <ol class="lines" aria-label="Transcript, click a line to hear it"></ol>
</div>
"""

_CSS = """
.player { display: flex; flex-direction: column; gap: .5rem; font-family: var(--st-font); color: var(--st-text-color); }
video { width: 100%; max-height: 24rem; background: #000; border-radius: var(--st-base-radius); }
.speed { display: flex; gap: .25rem; }
.speed button, .lines button {
  font: inherit; color: inherit; background: none; border: 1px solid transparent; cursor: pointer;
  border-radius: var(--st-base-radius);
}
.speed button { border-color: var(--st-border-color); padding: .1rem .5rem; font-size: .85rem; }
.speed button[aria-pressed=true] { background: var(--st-secondary-background-color); font-weight: 600; }
.lines { list-style: none; margin: 0; padding: 0; max-height: 18rem; overflow-y: auto; }
.lines button { display: grid; grid-template-columns: 3.2rem 1fr; gap: .5rem; width: 100%; text-align: left; padding: .3rem .4rem; }
.lines button:hover, .lines button:focus-visible { border-color: var(--st-primary-color); outline: none; }
.lines button.now { background: var(--st-secondary-background-color); }
.lines time { font-variant-numeric: tabular-nums; opacity: .75; }
"""

_JS = """
const clock = s => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`

function seek(video, seconds) {
  const go = () => { video.currentTime = Math.max(0, seconds) }
  if (video.readyState >= 1) go()
  else video.addEventListener("loadedmetadata", go, { once: true })
}

export default function ({ data, parentElement }) {
  const video = parentElement.querySelector("video")
  const list = parentElement.querySelector(".lines")
  const speeds = parentElement.querySelector(".speed")
  if (video.dataset.url !== data.url) {
    video.dataset.url = data.url
    video.src = data.url
    video.dataset.seek = ""
  }
  const drawn = JSON.stringify(data.lines)
  if (list.dataset.drawn !== drawn) {
    list.dataset.drawn = drawn
    list.replaceChildren(...data.lines.map(line => {
      const item = document.createElement("li")
      const button = document.createElement("button")
      const time = document.createElement("time")
      const text = document.createElement("span")
      time.textContent = clock(line.start_seconds)
      text.textContent = line.text
      button.append(time, text)
      button.onclick = () => { seek(video, line.start_seconds); video.play() }
      item.append(button)
      return item
    }))
  }
  if (!speeds.children.length) {
    speeds.replaceChildren(...[0.75, 1, 1.25, 1.5, 2].map(rate => {
      const button = document.createElement("button")
      button.textContent = `${rate}x`
      button.setAttribute("aria-pressed", rate === 1)
      button.onclick = () => {
        video.playbackRate = rate
        for (const other of speeds.children) other.setAttribute("aria-pressed", other === button)
      }
      return button
    }))
  }
  video.ontimeupdate = () => {
    const now = data.lines.findIndex(l => video.currentTime >= l.start_seconds && video.currentTime < l.end_seconds)
    Array.from(list.children).forEach((item, i) => item.firstChild.classList.toggle("now", i === now))
  }
  if (data.seek && video.dataset.seek !== data.seek.id) {
    video.dataset.seek = data.seek.id
    seek(video, data.seek.seconds)
  }
}
"""

_PLAYER = st.components.v2.component("rehearse_player", html=_HTML, css=_CSS, js=_JS)
_SEEK = "player_seek"


def seek_to(seconds: float) -> None:
    """Ask the player on this page to jump there on this rerun (use as a button's `on_click`)."""
    st.session_state[_SEEK] = {"id": secrets.token_hex(4), "seconds": seconds}


def show(name: str, lines: Sequence[Line], *, key: str) -> None:
    """Draw the player for recording `name` with its transcript lines."""
    _PLAYER(
        key=key,
        data={
            "url": signed_url(name),
            "lines": [asdict(line) for line in lines],
            "seek": st.session_state.get(_SEEK),
        },
    )
