"""The one file that a browser's upload holds, written to disk as it arrives (multipart/form-data)."""

from __future__ import annotations

import os
import re
from email.message import Message
from typing import BinaryIO

HEAD_BYTES = 16_384
_NAMED = re.compile(r'\bfilename="((?:[^"\\]|\\.)*)"', re.I)
_KIND = re.compile(r"^content-type:\s*([\w.+/-]+)", re.I | re.M)


class OneFile:
    """Takes the body in pieces; ValueError when it is not an upload of one file."""

    def __init__(self, content_type: str, target: BinaryIO) -> None:
        """`content_type` is the request's, with the mark between its parts."""
        asked = Message()
        asked["content-type"] = content_type
        mark = asked.get_param("boundary")
        if asked.get_content_type() != "multipart/form-data" or not isinstance(mark, str) or not mark:
            raise ValueError("not an upload")
        self._mark = b"--" + mark.encode()
        self._target = target
        self._head = b""
        self._begun = False
        self.name = ""
        self.kind = "application/octet-stream"

    def feed(self, piece: bytes) -> None:
        """Take the next piece of the body."""
        if self._begun:
            self._target.write(piece)
            return
        self._head += piece
        head, end, content = self._head.partition(b"\r\n\r\n")
        if end:
            self._begin(head)
            self._target.write(content)
        elif len(self._head) > HEAD_BYTES:
            raise ValueError("no file")

    def close(self) -> int:
        """Cut off what stands behind the file; its size in bytes."""
        end = b"\r\n" + self._mark + b"--"
        written = self._target.tell() if self._begun else 0
        self._target.seek(max(0, written - len(end) - 2))
        tail = self._target.read()
        if not tail.rstrip(b"\r\n").endswith(end):
            raise ValueError("the upload broke off")
        size = written - len(tail) + tail.rindex(end)
        os.ftruncate(self._target.fileno(), size)
        return size

    def _begin(self, head: bytes) -> None:
        mark, _, described = head.partition(b"\r\n")
        text = described.decode("utf-8", "replace")
        named = _NAMED.search(text)
        if mark != self._mark or named is None:
            raise ValueError("no file")
        self._begun, self._head = True, b""
        self.name = re.sub(r"\\(.)", r"\1", named[1]).replace("%22", '"')
        kind = _KIND.search(text)
        self.kind = kind[1] if kind else self.kind
