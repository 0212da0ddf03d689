"""Models on their way to this machine: seen from every page, stopped and gone on with, one fetch a model."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from analysis.live.executor import supervised
from analysis.models.fetching import FetchStoppedError, fetch
from analysis.models.network import NETWORK, Network
from data.domain import RehearseError
from data.model_table import Model

UNFORESEEN = RehearseError(
    "Fetching it failed in a way nobody foresaw; the server's log has it.",
    "What has arrived is kept. Try again.",
)


@dataclass(slots=True)
class Arrival:
    """One model on its way: `here` of `whole` bytes. `problem` says why it ended without the model."""

    model: Model
    here: int = 0
    whole: int = 0
    problem: RehearseError | None = None
    cancel: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    brought: bool = False
    first: int | None = None
    """So many bytes were here when it began."""
    began: float = field(default_factory=time.monotonic)

    @property
    def runs(self) -> bool:
        """Whether it is still on its way."""
        return not self.over.is_set()

    @property
    def seconds(self) -> float:
        """How long it has been on its way."""
        return time.monotonic() - self.began


class Arrivals:
    """All models that were asked for since the server began."""

    def __init__(self, models_dir: Path, network: Network = NETWORK) -> None:
        """Nothing is fetched before `begin`."""
        self._models_dir = models_dir
        self._network = network
        self._lock = threading.Lock()
        self._of: dict[str, Arrival] = {}

    def of(self, model: Model) -> Arrival | None:
        """The latest fetch of a model, also one that has ended."""
        with self._lock:
            return self._of.get(model.name)

    def everything(self) -> tuple[Arrival, ...]:
        """All that are on their way, or have ended and were not looked at since."""
        with self._lock:
            return tuple(self._of.values())

    def begin(self, model: Model) -> Arrival:
        """Fetch it, or join the fetch that runs. A thread of its own: it may take an hour."""
        with self._lock:
            running = self._of.get(model.name)
            if running is not None and running.runs:
                return running
            arrival = self._of[model.name] = Arrival(model, whole=model.size_bytes)
        work, failed = partial(self._fetch, arrival), partial(_break, arrival)
        threading.Thread(
            target=supervised, args=(work, failed, "fetch a model"), name="fetch a model", daemon=True
        ).start()
        return arrival

    def take(self, model: Model) -> bool:
        """Whether a fetch has brought the model since this was last asked."""
        with self._lock:
            arrival = self._of.get(model.name)
            if arrival is None or not arrival.brought:
                return False
            del self._of[model.name]
            return True

    def forget(self, model: Model) -> None:
        """Drop what an ended fetch had to say; one that runs is stopped."""
        with self._lock:
            arrival = self._of.pop(model.name, None)
        if arrival is not None:
            arrival.cancel.set()
            arrival.over.wait()

    def _fetch(self, arrival: Arrival) -> None:
        def progress(here: int, whole: int) -> None:
            arrival.here, arrival.whole = here, whole
            arrival.first = here if arrival.first is None else arrival.first

        try:
            fetch(arrival.model, progress, self._models_dir, arrival.cancel, self._network)
            arrival.brought = True
        except FetchStoppedError:
            pass
        except RehearseError as problem:
            arrival.problem = problem
        arrival.over.set()


def _break(arrival: Arrival, _: Exception) -> None:
    arrival.problem = UNFORESEEN
    arrival.over.set()
