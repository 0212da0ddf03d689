"""Which key points are spoken of, by what people say when they make them and when they get them wrong. Pure.

One wording of a point is alike to what is said of it whether that is right or wrong. Several that make the
point beside several that miss it tell them apart: a passage counts by how much more it has of the first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.reading.embeddings import Embedded, Floats

MAKES_IT, TURNS_IT, BESIDE_IT = 0, 1, 2
GIVEN_WORD_WEIGHT = 0.15
"""Weight of a word that the question or the interviewer had said already."""
WEIGHTS = np.array([28.6, -14.7, -1.8, -5.1, -5.2], np.float32)
OFFSET = -3.4
"""Of a logistic regression on answers put together from utterances by other authors, whose kind is known."""
_LEAST_WEIGHT = np.float32(1e-3)

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Worded:
    """The wordings of all key points of a question, word behind word.

    `vectors` (n words x 384), `rarity` and `stems` (n); for each of the m wordings its first word (`starts`),
    the place of its point (`owners`), and whether it makes the point, turns it round or stands beside it
    (`sides`).
    """

    vectors: Floats
    rarity: Floats
    stems: tuple[str, ...]
    starts: Places
    owners: Places
    sides: Places


def worded(wordings: Sequence[tuple[int, int, Embedded]]) -> Worded:
    """From (place of the point, side, words); wordings without words are left out."""
    kept = [one for one in wordings if one[2].words]
    lengths = [len(words.words) for _, _, words in kept]
    return Worded(
        vectors=np.concatenate([words.vectors for _, _, words in kept]),
        rarity=np.concatenate([words.rarity for _, _, words in kept]),
        stems=tuple(root for _, _, words in kept for root in words.stems),
        starts=np.cumsum([0, *lengths[:-1]]),
        owners=np.array([owner for owner, _, _ in kept]),
        sides=np.array([side for _, side, _ in kept]),
    )


def has_examples(known: Worded, point: int) -> bool:
    """Whether there is what turns this point round; its own text alone is nothing to compare with."""
    return bool(((known.owners == point) & (known.sides == TURNS_IT)).any())


def makes_it(
    known: Worded,
    points: int,
    told: Sequence[Embedded],
    passages: Sequence[tuple[int, int]],
    given: Collection[str],
) -> Floats:
    """How clearly (log-odds) each passage makes each point: points x passages.

    A passage is the places of its first and last sentence among `told`, neighbours or the same.
    """
    return features(known, points, told, passages, given) @ WEIGHTS + np.float32(OFFSET)


def features(
    known: Worded,
    points: int,
    told: Sequence[Embedded],
    passages: Sequence[tuple[int, int]],
    given: Collection[str],
) -> Floats:
    """What is weighed (points x passages x 5).

    Likeness (0-1) to the two nearest wordings that make the point, to the two nearest that turn it round, to
    the nearest beside it; to the nearest that makes, and that turns, any other point of the question.
    """
    alike = _alike(known, told, passages, given)
    makes, turns = (_nearest(known, alike, points, side, 2) for side in (MAKES_IT, TURNS_IT))
    beside = _nearest(known, alike, points, BESIDE_IT, 1)
    others = [_of_others(_nearest(known, alike, points, side, 1)) for side in (MAKES_IT, TURNS_IT)]
    return np.stack([makes, turns, beside, *others], axis=-1)


def _alike(
    known: Worded, told: Sequence[Embedded], passages: Sequence[tuple[int, int]], given: Collection[str]
) -> Floats:
    """Mean of how much of a wording a passage has and the wording of it: wordings x passages, 0-1."""
    firsts, lasts = np.array(passages).T
    said = np.concatenate([one.vectors for one in told])
    begins = np.cumsum([0, *(len(one.words) for one in told[:-1])])
    near = known.vectors @ said.T
    weights = _weights(known.rarity, known.stems, given)[:, None]
    by_sentence = np.maximum.reduceat(near, begins, axis=1)
    had = np.maximum(by_sentence[:, firsts], by_sentence[:, lasts])
    of_wording = np.add.reduceat(weights * had, known.starts) / np.add.reduceat(weights, known.starts)
    stems = [root for one in told for root in one.stems]
    spoken = _weights(np.concatenate([one.rarity for one in told]), stems, given)
    shares = np.add.reduceat(np.maximum.reduceat(near, known.starts) * spoken, begins, axis=1)
    wholes = np.add.reduceat(spoken, begins)
    second = (firsts != lasts).astype(np.float32)
    of_passage = (shares[:, firsts] + second * shares[:, lasts]) / (wholes[firsts] + second * wholes[lasts])
    alike: Floats = (of_wording + of_passage) / 2
    return alike


def _weights(rarity: Floats, stems: Sequence[str], given: Collection[str]) -> Floats:
    told_already = np.array([GIVEN_WORD_WEIGHT if root in given else 1.0 for root in stems], np.float32)
    weights: Floats = rarity * told_already + _LEAST_WEIGHT
    return weights


def _nearest(known: Worded, alike: Floats, points: int, side: int, count: int) -> Floats:
    """The mean likeness of the nearest so many wordings of each point on one side; 0 where there is none."""
    found = np.zeros((points, alike.shape[1]), np.float32)
    for point in range(points):
        ones = alike[(known.owners == point) & (known.sides == side)]
        if len(ones):
            found[point] = np.sort(ones, axis=0)[-count:].mean(axis=0)
    return found


def _of_others(nearest: Floats) -> Floats:
    if len(nearest) == 1:
        return np.zeros_like(nearest)
    return np.stack([np.delete(nearest, at, axis=0).max(axis=0) for at in range(len(nearest))])
