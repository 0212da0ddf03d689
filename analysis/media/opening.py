"""Opens recordings that anyone may have uploaded, and says in plain words why one cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from data.domain import RehearseError

if TYPE_CHECKING:
    from av.container import InputContainer

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mp3,wav,ogg,flac,aac"
"""Containers that may be opened. Playlists are not among them: they can name other files and addresses."""
READ_OPTIONS = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
REMEDY = "Use an mp4, mov, webm or mkv file that plays in a video player."


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """The container at `path`, closed afterwards; any fault of the file is a RehearseError."""
    import av

    _check_file(path)
    try:
        with av.open(str(path), "r", options=dict(READ_OPTIONS)) as container:
            yield container
    except OSError as failure:
        raise RehearseError(
            f"{path.name} could not be worked on: {failure.strerror}.",
            "Look at the free disk space and at who may read and write the recordings folder.",
        ) from failure
    except (av.error.FFmpegError, UnicodeDecodeError) as failure:
        raise _unreadable(path) from failure


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise RehearseError(f"There is no recording at {path.name}.", "Record or upload it again.")
    if path.stat().st_size == 0:
        raise RehearseError(f"{path.name} is empty.", "Record or upload it again.")


def _unreadable(path: Path) -> RehearseError:
    with path.open("rb") as file:
        head = file.read(64)
    if head[4:8] == b"ftyp" or head.startswith(b"\x1aE\xdf\xa3"):
        return RehearseError(
            f"{path.name} is cut off: the part that says how to play it is missing.",
            "Copy or export the whole file again, then upload it.",
        )
    return RehearseError(f"{path.name} is not a video or sound recording.", REMEDY)
