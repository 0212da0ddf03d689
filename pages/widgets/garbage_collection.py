"""The server's memory, looked after on purpose instead of after every run of a page.

Streamlit walks through every object after each run (`runner.postScriptGC`, off in `.streamlit/config.toml`):
with our libraries loaded that is 0.1 seconds and more in which nobody gets anything. What lives for ever is
set aside here once it is loaded, so that a collection looks at little; collections come by time.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from analysis.live.executor import supervised

EVERY_SECONDS = 20.0
WHOLE_EVERY = 30
"""In every so-manieth round also what was set aside is looked at: ended visits may be among it."""


@dataclass
class Rounds:
    """What is done every `EVERY_SECONDS`; the collector and the count of modules as arguments, for tests."""

    collect: Callable[[], object] = gc.collect
    set_aside: Callable[[], object] = gc.freeze
    take_back: Callable[[], object] = gc.unfreeze
    modules: Callable[[], int] = lambda: len(sys.modules)
    rounds: int = 0
    known_modules: int = 0

    def next(self) -> None:
        """Collect; the whole heap when libraries were loaded since, or when it is time for it."""
        loaded = self.modules()
        whole = loaded != self.known_modules or self.rounds % WHOLE_EVERY == 0
        self.rounds += 1
        self.known_modules = loaded
        if not whole:
            self.collect()
            return
        self.take_back()
        self.collect()
        self.set_aside()


@cache
def look_after() -> threading.Thread:
    """Start the rounds on a thread of their own, once a process."""
    thread = threading.Thread(target=_go_round, name="memory", daemon=True)
    thread.start()
    return thread


def _go_round() -> None:
    rounds, pause = Rounds(), threading.Event()
    while not pause.wait(EVERY_SECONDS):
        supervised(rounds.next, None, "memory")
