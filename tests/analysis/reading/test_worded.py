"""A passage makes a point when it is like what makes it and unlike what turns it round."""

import numpy as np

from analysis.reading.embeddings import Embedded, Floats
from analysis.reading.worded import BESIDE_IT, MAKES_IT, TURNS_IT, features, makes_it, worded

WORDS = ("cache", "first", "last", "queue", "disk")


def text(*words: str) -> Embedded:
    """Each word has a direction of its own, and all are as rare."""
    vectors: Floats = np.eye(len(WORDS), dtype=np.float32)[[WORDS.index(word) for word in words]]
    return Embedded(words, words, vectors, np.ones(len(words), np.float32), vectors.mean(axis=0))


KNOWN = worded(
    [
        (0, MAKES_IT, text("cache", "first")),
        (0, TURNS_IT, text("cache", "last")),
        (0, BESIDE_IT, text("cache", "disk")),
        (1, MAKES_IT, text("queue", "first")),
        (1, TURNS_IT, text("queue", "last")),
    ]
)


def test_what_makes_a_point_counts_for_it_and_what_turns_it_round_against_it() -> None:
    told = [text("cache", "first"), text("cache", "last")]
    odds = makes_it(KNOWN, 2, told, [(0, 0), (1, 1)], frozenset())
    assert odds.shape == (2, 2)
    assert odds[0, 0] > odds[0, 1], "of the first point, the first sentence is the one that makes it"
    assert odds[0, 0] > odds[1, 0], "and it makes that point rather than the other"


def test_what_is_weighed_is_how_much_each_side_has_of_a_passage_and_the_passage_of_it() -> None:
    found = features(KNOWN, 2, [text("cache", "first")], [(0, 0)], frozenset())
    makes, turns, beside, others_make, others_turn = found[0, 0]
    assert (makes, turns, beside) == (1.0, 0.5, 0.5)
    assert (others_make, others_turn) == (0.5, 0.0)


def test_two_neighbours_together_are_one_passage() -> None:
    told = [text("cache"), text("first", "disk")]
    apart = features(KNOWN, 2, told, [(0, 0), (1, 1)], frozenset())[0, :, 0]
    together = features(KNOWN, 2, told, [(0, 1)], frozenset())[0, 0, 0]
    assert together > apart.max()


def test_a_word_that_was_given_counts_little() -> None:
    told = [text("cache", "disk")]
    free = features(KNOWN, 2, told, [(0, 0)], frozenset())[0, 0, 0]
    given = features(KNOWN, 2, told, [(0, 0)], frozenset({"cache"}))[0, 0, 0]
    assert given < free / 2


def test_the_only_point_of_a_question_has_no_others() -> None:
    alone = worded([(0, MAKES_IT, text("cache", "first"))])
    found = features(alone, 1, [text("cache", "first")], [(0, 0)], frozenset())
    assert found[0, 0].tolist() == [1.0, 0.0, 0.0, 0.0, 0.0]
