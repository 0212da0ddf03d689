"""The vocabulary prompt: general back-end terms, never the terms of the question being answered.

A prompt made from the question's own rubric would put words into the candidate's mouth.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from data.settings import load_settings
from data.word_lists import load_list

SHIPPED = Path(__file__).parents[2] / "data" / "glossary.txt"
FALLBACK = (
    "PostgreSQL",
    "Redis",
    "Kafka",
    "QPS",
    "p99",
    "idempotent",
    "shard",
    "quorum",
    "gRPC",
    "Kubernetes",
)

PROMPT_TERMS = 40
"""As many terms from the top as pay: more slow the decoder and make it drift (see BENCHMARKS.md)."""

PROMPT_SENTENCES = (
    "So, the way I think about it is this. When a request comes in, we look at what it needs, and then we "
    "decide where it goes and what happens after that."
)
"""Said after the terms: a list alone tells the model which words come, sentences tell it how they come. They
say nothing that a rubric asks for, because on bad sound the model may repeat them."""

FAMILIAR = {
    "database",
    "cache",
    "latency",
    "replica",
    "message",
    "queue",
    "primary",
    "key",
    "index",
    "replication",
    "consistency",
    "eventual",
    "partition",
    "circuit",
    "breaker",
    "hot",
    "leader",
    "election",
    "consensus",
    "throughput",
    "retry",
    "timeout",
    "transaction",
    "rollback",
    "read",
}
"""Words every model spells right by itself: a term made of these alone would waste its place."""


@cache
def vocabulary_prompt(extra: Path | None = None) -> str:
    """Return the prompt: the user's own terms, then shipped ones, `PROMPT_TERMS` in all, then some sentences.

    `extra` (or the setting GLOSSARY) is a text file with one term a line, `#` for remarks.
    """
    own = extra or _own()
    needed = (term for term in _shipped() if not set(term.split()) <= FAMILIAR)
    terms = dict.fromkeys([*(_terms(own) if own else ()), *needed])
    return f"{', '.join(list(terms)[:PROMPT_TERMS])}. {PROMPT_SENTENCES}"


def all_terms() -> tuple[str, ...]:
    """Return every term of the shipped glossary, most common first."""
    return _shipped()


def _shipped() -> tuple[str, ...]:
    return _terms(SHIPPED) if SHIPPED.is_file() else FALLBACK


def _terms(path: Path) -> tuple[str, ...]:
    return load_list(path, remedy="Save it as a UTF-8 text file, one term a line.")


def _own() -> Path | None:
    return load_settings(os.environ).glossary_path


def terms_of(prompt: str) -> tuple[str, ...]:
    """Return the terms of a prompt made by `vocabulary_prompt`, for engines that take a list."""
    listed = prompt.partition(". ")[0]
    return tuple(term.strip() for term in listed.rstrip(". ").split(",") if term.strip())
