"""Records inside the browser when WebRTC cannot connect, or takes a file recorded elsewhere.

Stop hands the recording over like any uploaded file, over plain HTTP; until it has arrived the browser keeps
it in its own database, so that a closed tab does not lose it. Both ways end in the same analysis.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import streamlit as st

from pages.widgets import resources, uploads, who_receives
from pages.widgets.plain import plain

FILE_TYPES = ("mp4", "mov", "webm", "mkv", "avi", "flv", "wmv")
SOUND_TYPES = ("m4a", "mp3", "wav", "ogg", "flac", "caf", "aiff", "aif")


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A whole recording: where to read it, and what its owner calls it."""

    content: BinaryIO | Path
    name: str

    @property
    def suffix(self) -> str:
        """The end of its name that says of which type it is, with its dot."""
        return Path(self.name).suffix.lower()

    def save(self, target: Path) -> None:
        """Write it to `target`, which takes no time where it lies on the same disk."""
        if not isinstance(self.content, Path):
            with target.open("wb") as copy:
                shutil.copyfileobj(self.content, copy)
            return
        target.unlink(missing_ok=True)
        try:
            target.hardlink_to(self.content)
        except OSError:  # another disk, or one without links
            shutil.copyfile(self.content, target)


_HERE = Path(__file__)
_RECORDER = st.components.v2.component(
    "rehearse_record_in_browser",
    html=_HERE.with_suffix(".html").read_text(encoding="utf-8"),
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


def show(key: str, *, video: bool = True) -> HandedOver | None:
    """Draw the recorder and the upload field; returns the recording once there is one."""
    uploader = "handed_over_" + hashlib.sha256(key.encode()).hexdigest()[:12]
    received = st.session_state.get(uploader) is not None
    _RECORDER(
        key=f"record in browser {key}", data={"uploader": uploader, "video": video, "received": received}
    )
    file = st.file_uploader(
        "Or upload a file recorded elsewhere",
        type=[*FILE_TYPES, *SOUND_TYPES],
        key=uploader,
        help=f"Phone videos work too. The file is kept {_where()}. {who_receives.line('sound')}".strip(),
    )
    if file is None:
        return None
    return HandedOver(uploads.on_disk(file.file_id) or cast(BinaryIO, file), file.name)


def _where() -> str:
    away = resources.settings().recordings_place
    return f"at {plain(away)}" if away else "on this server"
