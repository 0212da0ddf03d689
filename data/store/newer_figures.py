"""Figures about whole cohorts are published when somebody looks, beside the look where a server asks for it.

For all cohorts that takes minutes where there are millions of answers. Whoever looks first on a day is then
shown what was published last, with its day, and the newer ones as soon as they are there. What is published
when is decided in `data.store.publishing`, and is the same.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TypeAlias

from data.domain import RehearseError
from data.store.publishing import LOOK_AGAIN

LOGGER = logging.getLogger(__name__)
COHORTS_AT_ONCE = 4
"""Are published in one transaction: nobody can save while it lasts."""
_REST_SECONDS = 0.05
"""Whoever waits to save comes first: a lock goes to whoever asks next, and that would be the next cohorts."""
Pair: TypeAlias = tuple[str, str]
"""A kind of figures, and a cohort."""
Publish: TypeAlias = Callable[[Sequence[Pair]], object]
"""Publishes some of them in one transaction."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Figures that are being published: `shown`, the last day of those that are shown meanwhile."""

    shown: date | None
    """None where nothing was told before."""


def _rest() -> None:
    time.sleep(_REST_SECONDS)


class NewerFigures:
    """What is being published beside whoever looks."""

    def __init__(
        self,
        begin: Callable[[Callable[[], object]], object],
        rest: Callable[[], object] = _rest,
    ) -> None:
        """`begin` starts some work and does not wait for it; `rest` is between two transactions."""
        self._begin, self._rest = begin, rest
        self._lock = threading.Lock()
        self._under_way: dict[Pair, date | None] = {}
        self._asked: dict[Pair, datetime] = {}

    def ask(self, due: Mapping[Pair, date | None], publish: Publish, now: datetime) -> None:
        """Have it published, unless it is at the moment or somebody asked a few minutes ago."""
        with self._lock:
            long_ago = now - LOOK_AGAIN
            free = [pair for pair in due if pair not in self._under_way]
            fresh = sorted(pair for pair in free if self._asked.get(pair, long_ago) <= long_ago)
            self._asked.update(dict.fromkeys(fresh, now))
            self._under_way.update({pair: due[pair] for pair in fresh})
        if fresh:
            self._begin(partial(self._publish, fresh, publish))

    def under_way(self, kinds: Iterable[str], cohort_id: str | None) -> UnderWay | None:
        """What is being published of these kinds, of one cohort or of all; None when nothing is."""
        wanted = set(kinds)
        with self._lock:
            found = [
                day
                for (kind, cohort), day in self._under_way.items()
                if kind in wanted and cohort_id in (None, cohort)
            ]
        told = [day for day in found if day is not None]
        return UnderWay(max(told, default=None)) if found else None

    def _publish(self, pairs: Sequence[Pair], publish: Publish) -> None:
        try:
            for first in range(0, len(pairs), COHORTS_AT_ONCE):
                some = pairs[first : first + COHORTS_AT_ONCE]
                publish(some)
                self._over(some)
                self._rest()
        except RehearseError as problem:  # whoever looks in ten minutes asks again
            LOGGER.warning("Newer figures about cohorts were not published: %s", problem)
        finally:
            self._over(pairs)

    def _over(self, pairs: Iterable[Pair]) -> None:
        with self._lock:
            for pair in pairs:
                self._under_way.pop(pair, None)
