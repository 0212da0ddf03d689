from __future__ import annotations

import pytest

from analysis.interview.listener.broken_off import is_unfinished
from analysis.interview.listener.stances import stance_of
from analysis.interview.listener.understood import Stance


@pytest.mark.parametrize(
    ("said", "stance"),
    [
        ("Um. Part of it? No. I'm not sure what would be there. Sorry, I've gone blank.", "stuck"),
        ("No idea how to even begin with that one. An hour? A day? I'm just guessing.", "stuck"),
        (
            "If the bank says nothing, I don't know the state. So it is open, and I ask again later.",
            "answers",
        ),
        ("In memory, I think. With a grid.", "answers"),
        ("Could you show me the points on your list, please?", "inside"),
        ("Just give me the solution and I'll say it back.", "inside"),
        ("The key points to the block where it lies.", "answers"),
        ("Please excuse my English, it is not good today.", "plea"),
        ("I was still talking, let me finish that first.", "finish_first"),
    ],
)
def test_what_is_said_of_the_talk_is_told_from_an_answer_in_fresh_words(said: str, stance: Stance) -> None:
    assert stance_of(said)[0] == stance


@pytest.mark.parametrize(
    ("said", "unfinished"),
    [
        ("So for the small groups I would copy it, but for these I would rather, uh,", True),
        ("the log was written first, so the other one would have to", True),
        ("it makes two hundred million times forty, that's eight, eight", True),
        ("They come in again after a moment, but the offers that were out -", True),
        ("each shard belongs to one node", False),
        ("input, output, time, and a heartbeat if it's a long one", False),
        ("Yes, um,", False),  # too few words to be the middle of anything
        ("It is kept for a year.", False),
    ],
)
def test_words_that_stop_in_the_middle_are_told_by_what_they_end_on(said: str, unfinished: bool) -> None:
    assert is_unfinished(said) is unfinished
