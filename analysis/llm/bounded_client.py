"""The network under every call to a server that was set: no redirect, a bounded reply, a bounded time.

What is sent are a candidate's words and voice. They go to the address that was set and to no other, whatever
a server answers; and no answer may take more memory or time than one can be worth. A call runs on a thread of
its own, so that whoever waits for it can leave at once, also while a name is looked up or a server is silent.
"""

from __future__ import annotations

import logging
import queue
import socket
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import httpx2

from analysis.llm.call_limits import limits_here
from data.domain import RehearseError

LARGEST_REPLY_BYTES = 5_000_000
"""Of a reply in text, decoded; the longest that is asked for is some thousand tokens."""
WHOLE_TO_PAUSE = 2.0
"""A call may take this many times its time limit, which counts anew with every sign of life."""
CONNECT_SECONDS = 10.0
"""How long a server may take until it is connected; one that answers at all does so in far less."""
LOOK_SECONDS = 0.02
"""How often a call that can be cancelled looks whether it was."""
CONNECTED = ("connect_tcp.complete", "connect_unix_socket.complete", "start_tls.complete")
"""The steps of a call after which there is something to cut."""
_AS_SENT = ("content-encoding", "content-length", "transfer-encoding")

logging.getLogger("httpx2").setLevel(logging.WARNING)  # it logs addresses, which may hold a password


LOOPBACK = ("all://127.0.0.1", "all://localhost", "all://[::1]")


def check_key(api_key: str) -> None:
    """Raises `RehearseError` for a key that cannot be sent."""
    if not all("!" <= char <= "~" for char in api_key):
        raise RehearseError(
            "The key holds a character that no key has, like a curly quote or a line break.",
            "Copy the key once more, without anything around it.",
        )


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
            timeout=httpx2.Timeout(timeout_seconds, connect=min(timeout_seconds, CONNECT_SECONDS)),
            headers={"Accept-Encoding": "identity"},
            follow_redirects=False,
            limits=httpx2.Limits(max_keepalive_connections=0),
            transport=transport,
            mounts=dict.fromkeys(LOOPBACK),  # what stays on this computer goes through no proxy
        )
        self._pause_seconds = timeout_seconds
        self._largest_bytes = largest_bytes

    def send(self, request: httpx2.Request, *, stream: bool = False, **_: Any) -> httpx2.Response:
        """The whole answer, or with `stream` one whose body is still arriving and is bounded alike.

        Raises `ReplyTooLargeError`, `ReadTimeout` when the time is over, `ReadError` when it was cancelled.
        """
        exchange = _Exchange(self, request, self._pause_seconds)
        try:
            answer = exchange.head()
            body = {"stream": exchange} if stream else {"content": b"".join(exchange)}
        except BaseException:
            exchange.close()
            raise
        headers = [(name, value) for name, value in answer.headers.multi_items() if name not in _AS_SENT]
        extensions = answer.extensions
        return httpx2.Response(
            answer.status_code, headers=headers, request=request, extensions=extensions, **body
        )

    def begin(self, request: httpx2.Request) -> httpx2.Response:
        """The head of an answer, nothing bounded yet; for the thread of an exchange."""
        return super().send(request, stream=True, follow_redirects=False)

    def blocks(self, answer: httpx2.Response) -> Iterator[bytes]:
        """The body of an answer block by block, unpacked; raises when it grows too large."""
        consumed = answer.is_stream_consumed
        packed = "" if consumed else answer.headers.get("content-encoding", "").strip().lower()
        sent: Iterable[bytes] = (answer.content,) if consumed else answer.iter_raw()
        if packed not in ("", "identity", "gzip", "deflate"):
            raise httpx2.DecodingError("The answer is packed in a way that was not asked for.")
        unpack = None if packed in ("", "identity") else zlib.decompressobj(zlib.MAX_WBITS | 32)
        size = 0
        for block in sent:
            try:
                plain = unpack.decompress(block, self._largest_bytes + 1) if unpack else block
            except zlib.error as error:
                raise httpx2.DecodingError("The answer cannot be unpacked.") from error
            size += len(plain)
            if size > self._largest_bytes:
                raise ReplyTooLargeError(f"The answer has more than {self._largest_bytes:,} bytes.")
            yield plain


class _Exchange(httpx2.SyncByteStream):
    """One call on a thread of its own, as whoever waits for it sees it: the head, then blocks of the body."""

    def __init__(self, client: BoundedClient, request: httpx2.Request, pause_seconds: float) -> None:
        """Begin at once."""
        limits = limits_here()
        self._request, self._cancel = request, limits.cancel
        self._pause_seconds = pause_seconds
        self._until = min(time.monotonic() + pause_seconds * WHOLE_TO_PAUSE, limits.until)
        self._arrived: queue.SimpleQueue[httpx2.Response | bytes | BaseException | None] = queue.SimpleQueue()
        self._watch = _Watch()
        request.extensions = {**request.extensions, "trace": self._watch.see}
        threading.Thread(target=self._run, args=(client,), name="model-call", daemon=True).start()

    def head(self) -> httpx2.Response:
        """The status and headers, as soon as they are there."""
        head = self._next()
        assert isinstance(head, httpx2.Response)
        return head

    def __iter__(self) -> Iterator[bytes]:
        """The blocks of the body as they arrive."""
        while (block := self._next()) is not None:
            assert isinstance(block, bytes)
            yield block

    def close(self) -> None:
        """Cut the connection: nobody waits for the rest."""
        self._watch.cut()

    def _run(self, client: BoundedClient) -> None:
        try:
            answer = client.begin(self._request)
            try:
                self._arrived.put(answer)
                for block in client.blocks(answer):
                    self._arrived.put(block)
            finally:
                answer.close()
        except BaseException as error:  # whatever it is, it belongs to whoever waits
            self._arrived.put(error)
        else:
            self._arrived.put(None)

    def _next(self) -> httpx2.Response | bytes | None:
        silent_until = time.monotonic() + self._pause_seconds
        while True:
            if self._cancel is not None and self._cancel.is_set():
                self.close()
                raise httpx2.ReadError("The call was cancelled.", request=self._request)
            left = min(self._until, silent_until) - time.monotonic()
            if left <= 0:
                self.close()
                raise httpx2.ReadTimeout("The answer took too long.", request=self._request)
            with suppress(queue.Empty):
                arrived = self._arrived.get(timeout=left if self._cancel is None else min(left, LOOK_SECONDS))
                if isinstance(arrived, BaseException):
                    raise arrived
                return arrived


class _Watch:
    """Knows the connection of one call, and can cut it from another thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stream: Any = None
        self.is_cut = False

    def see(self, event: str, told: dict[str, Any]) -> None:
        """Called by the library with each step of a call."""
        if event.endswith(CONNECTED):
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
