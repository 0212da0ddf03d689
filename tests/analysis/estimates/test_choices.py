"""Branch and bound gives what trying everything gives."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from analysis.estimates.check import check_turn
from analysis.estimates.choices import affordable
from data.domain import Turn


@dataclass(frozen=True)
class Priced:
    name: int
    cost: float


COSTS = st.lists(st.lists(st.sampled_from((0.0, 0.25, 0.5, 1.0, 2.0)), max_size=4), max_size=5)


@given(COSTS, st.sampled_from((0.0, 0.5, 1.25, 3.0, 10.0)))
def test_the_same_choices_in_the_same_order_as_all_that_cost_no_more(
    costs: list[list[float]], limit: float
) -> None:
    places = [[Priced(number, cost) for number, cost in enumerate(options)] for options in costs]
    wanted = [choice for choice in product(*places) if sum(one.cost for one in choice) <= limit]
    assert list(affordable(places, limit)) == wanted


def test_a_breath_full_of_shares_does_not_hold_the_answer_up() -> None:
    """Leaving out a share costs little: without a limit twelve take seconds, two more three times that."""
    shares = ", ".join(f"{share} percent of 10 thousand requests a second" for share in range(2, 26))
    before = time.process_time()
    check_turn(Turn(1, "candidate", f"There are {shares} which is 4 gigabytes a day."))
    assert time.process_time() - before < 2
