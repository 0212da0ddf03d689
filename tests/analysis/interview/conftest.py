"""Interviews are played about dozens of questions: what was read of them stays for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest

from analysis.reading import placed


@pytest.fixture(scope="session", autouse=True)
def examples_of_many_questions_stay() -> Iterator[None]:
    """Sixteen are enough for a server, and would be embedded again for every played interview here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placed, "_worded", lru_cache(48)(placed._worded.__wrapped__))
        yield
