"""What is under way on this server, by id: found again by whom it belongs to, and by nobody else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from data.access import Viewer, may_write


class Owned(Protocol):
    """Something that runs for one person."""

    @property
    def owner(self) -> str:
        """Whose it is."""


One = TypeVar("One", bound=Owned)


class Registry(Generic[One]):
    """Everything of one kind that runs, behind one lock.

    An id is no secret: it can stand in an address. So every look-up says who is looking, and to find
    something here is to be able to answer in its owner's place: `may_write` decides. Others learn nothing.
    """

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._running: dict[str, One] = {}
        self._lock = threading.RLock()

    def find(self, viewer: Viewer, key: str) -> One | None:
        """What runs under this id; None when there is nothing, or nothing of this viewer's."""
        found = self._running.get(key)
        return found if found is not None and may_write(viewer, found.owner) else None

    def obtain(self, viewer: Viewer, key: str, make: Callable[[], One]) -> tuple[One | None, bool]:
        """What runs under this id, put up by `make` when nothing does; whether it was put up just now.

        Two tabs that ask at once get the same one. None when it belongs to somebody else.
        """
        with self._lock:
            if key in self._running:
                return self.find(viewer, key), False
            made = make()
            if not may_write(viewer, made.owner):
                return None, False
            self._running[key] = made
            return made, True

    def of(self, viewer: Viewer) -> dict[str, One]:
        """All that runs for this viewer, by id."""
        with self._lock:
            return {key: one for key, one in self._running.items() if may_write(viewer, one.owner)}

    def remove(self, key: str, only: One | None = None) -> None:
        """Let go of what ended under this id; `only` when it is still this one."""
        with self._lock:
            if only is None or self._running.get(key) is only:
                self._running.pop(key, None)

    def is_there(self, key: str, one: One) -> bool:
        """Whether this very one is still what runs under the id."""
        return self._running.get(key) is one

    def everything(self) -> dict[str, One]:
        """All that runs, for the server's own caretaking; nothing of it may be shown to anybody."""
        with self._lock:
            return dict(self._running)

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._running.clear()
