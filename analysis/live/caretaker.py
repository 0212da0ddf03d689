"""One thread that looks after everything that is under way, as long as something is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Generic

from analysis.live.executor import supervised
from analysis.live.registry import One, Registry


class Caretaker(Generic[One]):
    """Calls `care` for each thing in a registry, again and again; what fails for one costs no other."""

    def __init__(
        self,
        registry: Registry[One],
        care: Callable[[str, One], object],
        every_seconds: float,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        """Nothing is looked after before `wake`."""
        self._registry = registry
        self._care = care
        self._every_seconds = every_seconds
        self._wait = wait
        self._lock = threading.Lock()
        self._awake = False

    def wake(self) -> None:
        """There is something to look after; safe to call at any time."""
        with self._lock:
            if self._awake:
                return
            self._awake = True
        threading.Thread(target=self._run, name="look after what is under way", daemon=True).start()

    def round(self) -> None:
        """Look after each thing once."""
        for key, one in self._registry.everything().items():
            supervised(partial(self._care, key, one), None, "looking after what is under way")

    def _run(self) -> None:
        try:
            while self._goes_on():
                self.round()
                self._wait(self._every_seconds)
        except BaseException:  # an order to end: whoever comes next is looked after all the same
            with self._lock:
                self._awake = False
            raise

    def _goes_on(self) -> bool:
        with self._lock:
            self._awake = bool(self._registry.everything())
            return self._awake
