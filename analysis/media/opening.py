"""Opens recordings that anyone may have uploaded, and says in plain words why one cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.media.bounds import MAX_PIXELS
from data.domain import RehearseError

if TYPE_CHECKING:
    from av.container import InputContainer

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mp3,wav,ogg,flac,aac,flv,asf,caf,aiff"
"""Containers that may be opened. Playlists are not among them: they can name other files and addresses."""
READ_OPTIONS = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
REMEDY = "Use an mp4, mov, webm or mkv file that plays in a video player."
THREADS = 2
"""For decoding one picture: each thread holds pictures of its own."""

Bytes = tuple[int, int]
"""Where a part of a file begins and ends."""


@contextmanager
def opened(path: Path, named: str | None = None, part: Bytes | None = None) -> Iterator[InputContainer]:
    """The container at `path`, closed afterwards; any fault of the file is a RehearseError.

    `named` is what its owner calls it; `part` opens a recording that is one of several in the file.
    """
    import av

    name = named or path.name
    _check_file(path, name)
    try:
        with av.open(_address(path, part), "r", options=_options(part)) as container:
            for stream in container.streams.video:
                if stream.codec_context is not None:
                    stream.codec_context.options = {"max_pixels": str(MAX_PIXELS)}
                    stream.codec_context.thread_count = THREADS
            yield container
    except OSError as failure:
        raise RehearseError(
            f"{name} could not be worked on: {failure.strerror}.",
            "Look at the free disk space and at who may read and write the recordings folder.",
        ) from failure
    except (av.error.FFmpegError, UnicodeDecodeError) as failure:
        raise _unreadable(path, name) from failure


def _address(path: Path, part: Bytes | None) -> str:
    return str(path) if part is None else f"subfile,,start,{part[0]},end,{part[1]},,:{path}"


def _options(part: Bytes | None) -> dict[str, str]:
    return READ_OPTIONS if part is None else {**READ_OPTIONS, "protocol_whitelist": "file,subfile"}


def _check_file(path: Path, name: str) -> None:
    if not path.is_file():
        raise RehearseError(f"There is no recording at {name}.", "Record or upload it again.")
    if path.stat().st_size == 0:
        raise RehearseError(f"{name} is empty.", "Record or upload it again.")


def _unreadable(path: Path, name: str) -> RehearseError:
    with path.open("rb") as file:
        head = file.read(64)
    if head[4:8] == b"ftyp" or head.startswith(b"\x1aE\xdf\xa3"):
        return RehearseError(
            f"{name} is cut off: the part that says how to play it is missing.",
            "Copy or export the whole file again, then upload it.",
        )
    return RehearseError(f"{name} is not a video or sound recording of a kind that is read here.", REMEDY)
