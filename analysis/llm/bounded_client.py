"""The network under every call to a server that was set: no redirect, a bounded reply, a bounded time.

What is sent are a candidate's words and voice. They go to the address that was set and to no other, whatever
a server answers; and no answer may take more memory or time than one can be worth.
"""

from __future__ import annotations

import socket
import threading
import zlib
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import httpx2

LARGEST_REPLY_BYTES = 5_000_000
"""Of a reply in text, decoded; the longest that is asked for is some thousand tokens."""
WHOLE_TO_PAUSE = 2.0
"""A call may take this many times its time limit, which counts anew with every sign of life."""
_AS_SENT = ("content-encoding", "content-length", "transfer-encoding")


class ReplyTooLargeError(httpx2.DecodingError):
    """A reply has more bytes than one can be worth."""


class BoundedClient(httpx2.Client):
    """A client for one server. A redirect is an answer like any other: nothing is sent to where it points."""

    def __init__(
        self,
        timeout_seconds: float,
        largest_bytes: int = LARGEST_REPLY_BYTES,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        """Contacts nobody. A connection serves one call, so that a call that takes too long can be cut."""
        super().__init__(
            timeout=timeout_seconds,
            headers={"Accept-Encoding": "identity"},
            follow_redirects=False,
            limits=httpx2.Limits(max_keepalive_connections=0),
            transport=transport,
        )
        self._whole_seconds = timeout_seconds * WHOLE_TO_PAUSE
        self._largest_bytes = largest_bytes

    def send(self, request: httpx2.Request, **_: Any) -> httpx2.Response:
        """The whole answer. Raises `ReplyTooLargeError`, or `ReadTimeout` when the time is over."""
        watch = _Watch()
        request.extensions = {**request.extensions, "trace": watch.see}
        clock = threading.Timer(self._whole_seconds, watch.cut)
        clock.daemon = True
        clock.start()
        try:
            answer = self._bounded(request)
        except httpx2.TransportError as error:
            if watch.is_cut:
                raise _late(request) from error
            raise
        finally:
            clock.cancel()
        if watch.is_cut:  # the end of what was cut may look like the end of an answer
            raise _late(request)
        return answer

    def _bounded(self, request: httpx2.Request) -> httpx2.Response:
        answer = super().send(request, stream=True, follow_redirects=False)
        try:
            if answer.is_stream_consumed:
                return answer
            packed = answer.headers.get("content-encoding", "").strip().lower()
            body = self._body(answer.iter_raw(), packed)
        finally:
            answer.close()
        headers = [(name, value) for name, value in answer.headers.multi_items() if name not in _AS_SENT]
        return httpx2.Response(
            answer.status_code, headers=headers, content=body, request=request, extensions=answer.extensions
        )

    def _body(self, blocks: Iterable[bytes], packed: str) -> bytes:
        if packed not in ("", "identity", "gzip", "deflate"):
            raise httpx2.DecodingError("The answer is packed in a way that was not asked for.")
        unpack = None if packed in ("", "identity") else zlib.decompressobj(zlib.MAX_WBITS | 32)
        body = bytearray()
        for block in blocks:
            try:
                body += unpack.decompress(block, self._largest_bytes + 1) if unpack else block
            except zlib.error as error:
                raise httpx2.DecodingError("The answer cannot be unpacked.") from error
            if len(body) > self._largest_bytes:
                raise ReplyTooLargeError(f"The answer has more than {self._largest_bytes:,} bytes.")
        return bytes(body)


def _late(request: httpx2.Request) -> httpx2.ReadTimeout:
    return httpx2.ReadTimeout("The answer took too long.", request=request)


class _Watch:
    """Knows the connection of one call, and can cut it from another thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stream: Any = None
        self.is_cut = False

    def see(self, event: str, told: dict[str, Any]) -> None:
        """Called by the library with each step of a call."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            with self._lock:
                self._stream = told["return_value"]
                late = self.is_cut
            if late:
                self.cut()

    def cut(self) -> None:
        """End the connection: whoever waits for a byte of it gets an error at once."""
        with self._lock:
            self.is_cut = True
            stream = self._stream
        wire = stream.get_extra_info("socket") if stream is not None else None
        if wire is not None:
            with suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)
