"""The way to a server on loopback, which can be closed, cut or held up by hand."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_PIECE = 1 << 14
_AT_ONCE = struct.pack("ii", 1, 0)
"""Of SO_LINGER: the other end is told that the connection is gone, not that it has ended."""


class WayThrough:
    """A port on loopback that passes everything on to another one, until it is told not to.

    `refused`: nobody listens, and every connection is cut; `cut`: each connection is cut after some more
    bytes, new ones too; `held`: nothing comes through, and nobody says so.
    """

    def __init__(self, target: int) -> None:
        """Pass on to port `target`."""
        self._target = target
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._flows = threading.Event()
        self._flows.set()
        self._left = -1
        listener = self._listen(0)
        self._listener: socket.socket | None = listener
        self.port = int(listener.getsockname()[1])

    def refuse(self) -> None:
        """Nobody listens any more."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self._cut_all()

    def cut_after(self, size: int) -> None:
        """Every connection is cut as soon as so many more bytes have come through, altogether."""
        self._left = size

    def hold(self) -> None:
        """Nothing comes through."""
        self._flows.clear()

    def heal(self) -> None:
        """As it was."""
        self._left = -1
        self._flows.set()
        if self._listener is None:
            self._listener = self._listen(self.port)

    def close(self) -> None:
        """Pass nothing on."""
        self._flows.set()
        self.refuse()

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                came, _ = listener.accept()
                try:
                    onward = socket.create_connection(("127.0.0.1", self._target))
                except OSError:
                    came.close()
                    continue
                with self._lock:
                    self._open |= {came, onward}
                for ends in ((came, onward), (onward, came)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                self._flows.wait()
                if 0 <= self._left < len(piece):
                    target.sendall(piece[: self._left])
                    break
                self._left -= len(piece) if self._left >= 0 else 0
                target.sendall(piece)
        for one in (source, target):
            self._cut(one, at_once=self._left >= 0)

    def _cut_all(self) -> None:
        with self._lock:
            still = set(self._open)
        for one in still:
            self._cut(one, at_once=True)

    def _cut(self, one: socket.socket, *, at_once: bool) -> None:
        with self._lock:
            self._open.discard(one)
        with suppress(OSError):
            if at_once:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@contextmanager
def way_to(port: int) -> Iterator[WayThrough]:
    """A way to that port until the block ends."""
    way = WayThrough(port)
    try:
        yield way
    finally:
        way.close()
