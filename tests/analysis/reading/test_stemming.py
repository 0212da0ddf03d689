"""One stem for all forms of a word, whatever the thread that asks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from analysis.reading.stemming import stem


@pytest.mark.parametrize(
    "forms",
    [
        "node nodes",
        "cache caches cached caching",
        "query queries queried querying",
        "shard shards sharded sharding",
        "replicate replicates replicated replication",
        "retry retries retried retrying",
        "plan plans planned planning",
    ],
)
def test_all_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("word", ["", "10,000", "p99", "y" * 100_000])
def test_what_is_no_english_word_stays_as_it_is(word: str) -> None:
    assert stem(word) == word


@pytest.mark.slow
def test_threads_that_ask_at_once_get_the_stems_of_their_own_words() -> None:
    words = [f"{letter}{rest}" for letter in "bcdfglmprst" for rest in ("ackings", "endings", "itters")] * 20
    stem.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(stem, words))
    stem.cache_clear()
    assert found == [stem(word) for word in words]
