"""Words and sentences as vectors: MiniLM-L6 (int8) on one thread, loaded on first use."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis.models.onnx_session import onnx_session
from analysis.reading.stemming import stem
from data.weights import MINILM, MINILM_TOKENIZER, verified

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

DIMENSIONS = 384
MOST_AT_ONCE = 32
CALL_COST = 12.0
"""Measured: a call costs 2.6 ms for streaming the weights, as much as 12 tokens, padding included."""
LONGEST_TOKENS = 128
"""The model was trained on short texts; longer ones are cut, so callers pass sentences."""
_REMEMBERED_TEXTS = 1024
_VOCABULARY = 30522
_FIRST_WORD_ID = 1996
"""The id of "the": from here on the vocabulary is ordered by how often a piece occurs in English."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Embedded:
    """One text: its n words, their stems, unit vectors (n x 384), rarity (0-1); the unit vector of it all."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    vectors: Floats
    rarity: Floats
    whole: Floats


def embed(texts: Sequence[str], remember: bool = False) -> list[Embedded]:
    """Embed each text. Texts of like length share a call, which gives the same bits as a call for each.

    Only what belongs to a question is remembered: what somebody said must not outlive its erasure in memory.
    """
    new = [text for text in dict.fromkeys(texts) if text not in _remembered]
    found = dict(zip(new, _embed_all(new), strict=True))
    found.update((text, _remembered[text]) for text in texts if text in _remembered)
    if remember:
        for text in texts:
            _remembered.pop(text, None)
            _remembered[text] = found[text]
        for text in list(_remembered)[:-_REMEMBERED_TEXTS]:
            del _remembered[text]
    return [found[text] for text in texts]


def merge(parts: Sequence[Embedded]) -> Embedded:
    """Several texts as one."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        nothing = np.zeros(0, np.float32)
        return Embedded(
            (), (), np.zeros((0, DIMENSIONS), np.float32), nothing, np.zeros(DIMENSIONS, np.float32)
        )
    whole = np.mean([one.whole for one in parts], axis=0)
    return Embedded(
        words=tuple(word for one in parts for word in one.words),
        stems=tuple(root for one in parts for root in one.stems),
        vectors=np.concatenate([one.vectors for one in parts]),
        rarity=np.concatenate([one.rarity for one in parts]),
        whole=whole / max(float(np.linalg.norm(whole)), 1e-9),
    )


def forget() -> None:
    """Drop the remembered texts; benchmarks start from nothing."""
    _remembered.clear()


def token_ids(text: str) -> list[int]:
    """The ids the model would see; for measuring its bare speed."""
    return list(_tokenizer().encode(text).ids)


def run_model(rows: Sequence[Sequence[int]]) -> Floats:
    """The model's last hidden state (texts x tokens x 384) for texts of about the same length."""
    longest = max(len(row) for row in rows)
    ids = np.zeros((len(rows), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for at, row in enumerate(rows):
        ids[at, : len(row)], mask[at, : len(row)] = row, 1
    feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    hidden: Floats = np.asarray(_session().run(None, feed)[0])
    return hidden


def batches(lengths: Sequence[int]) -> list[list[int]]:
    """Which texts share a call, the shortest first: cut where calls and padding together cost least."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    costs, starts = [0.0], [0]
    for end in range(1, len(order) + 1):
        longest, lowest = lengths[order[end - 1]], max(0, end - MOST_AT_ONCE)
        cost, start = min((costs[s] + (end - s) * longest, s) for s in range(lowest, end))
        costs.append(cost + CALL_COST)
        starts.append(start)
    groups: list[list[int]] = []
    end = len(order)
    while end:
        groups.append(order[starts[end] : end])
        end = starts[end]
    return groups[::-1]


_remembered: dict[str, Embedded] = {}


def _embed_all(texts: Sequence[str]) -> list[Embedded]:
    encodings = [_tokenizer().encode(text) for text in texts]
    found: dict[int, Embedded] = {}
    for group in batches([len(encoding.ids) for encoding in encodings]):
        states = run_model([encodings[at].ids for at in group])
        for at, hidden in zip(group, states, strict=True):
            found[at] = _embedded(texts[at], encodings[at], hidden[: len(encodings[at].ids)])
    return [found[at] for at in range(len(texts))]


def _embedded(text: str, encoding: Encoding, hidden: Floats) -> Embedded:
    rows: dict[int, list[int]] = {}
    for row, owner in enumerate(encoding.word_ids):
        if owner is not None:
            rows.setdefault(owner, []).append(row)
    if not rows:
        return Embedded(
            (), (), np.zeros((0, DIMENSIONS), np.float32), np.zeros(0, np.float32), _unit(hidden.mean(0))
        )
    groups, offsets = list(rows.values()), encoding.offsets
    firsts, end = [group[0] for group in groups], groups[-1][-1] + 1
    words = tuple(text[offsets[group[0]][0] : offsets[group[-1]][1]].lower() for group in groups)
    rarity = np.maximum.reduceat(_rarities()[encoding.ids[:end]], firsts)
    sums = np.add.reduceat(hidden[:end], firsts, axis=0)
    vectors = (sums / np.linalg.norm(sums, axis=1, keepdims=True)).astype(np.float32)
    return Embedded(words, tuple(map(stem, words)), vectors, rarity, _unit(hidden.mean(0)))


def _unit(vector: Floats) -> Floats:
    return (vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(np.float32)


@cache
def _rarities() -> Floats:
    """0 for "the" and punctuation, 1 for the rarest piece: by Zipf's law an inverse document frequency."""
    ranks = (max(0, token - _FIRST_WORD_ID) for token in range(_VOCABULARY))
    most = math.log1p(_VOCABULARY - _FIRST_WORD_ID)
    return np.array([math.log1p(rank) / most for rank in ranks], np.float32)


@cache
def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(verified(MINILM_TOKENIZER)))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST_TOKENS)
    return tokenizer


@cache
def _session() -> InferenceSession:
    return onnx_session(MINILM)
