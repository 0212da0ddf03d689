"""Words without their endings: "nodes" and "node", "queries" and "query" are one. Pure."""

from __future__ import annotations

from functools import lru_cache

LONGEST_LETTERS = 40
"""What is longer is no English word; stemming it would take as long as its length squared."""
_REMEMBERED = 8192


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """The stem of one word in lower case, by the English Snowball rules; what is no word stays as it is."""
    from snowballstemmer import stemmer

    if len(word) > LONGEST_LETTERS:
        return word
    one_thread_only = stemmer("english")
    return str(one_thread_only.stemWord(word))
