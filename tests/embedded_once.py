"""A text is made a vector once in a run of tests: interviews are played hundreds of times alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from analysis.reading import embeddings
from analysis.reading.embeddings import Embedded

_MOST = 5_000
"""Texts that are kept; about 150 MB."""
_kept: dict[str, Embedded] = {}


@pytest.fixture(scope="session", autouse=True)
def texts_are_embedded_once() -> Iterator[None]:
    """The app itself keeps nothing of what somebody said, and has the model read it again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embeddings, "_embed_all", _once(embeddings._embed_all))
        yield


def _once(embed_all: Callable[[Sequence[str]], list[Embedded]]) -> Callable[[Sequence[str]], list[Embedded]]:
    def embedded(texts: Sequence[str]) -> list[Embedded]:
        new = [text for text in dict.fromkeys(texts) if text not in _kept]
        found = {text: _kept[text] for text in texts if text in _kept}
        found.update(zip(new, embed_all(new), strict=True))
        _kept.update(found)
        for text in list(_kept)[:-_MOST]:
            del _kept[text]
        return [found[text] for text in texts]

    return embedded
