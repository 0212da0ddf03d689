"""Figures from disputes and overrides: of one scorer each, with n, and none where nothing was measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from analysis.reviewing.dispute_figures import FEWEST_FOR_KAPPA, dispute_figures, override_figures
from data.domain import Dispute, Override
from tests.stored import BEGAN, score


def dispute(first: float | None, second: float | None | str = "none", scorer: str = "judge") -> Dispute:
    again = None if isinstance(second, str) else score(second, "C4", "judge")
    return Dispute("a", score(first, "C4", scorer), "I named it.", BEGAN, again, BEGAN)


def override(
    level: float, machine: float | None, attempt: str = "a", by: str = "ines", hours: int = 0
) -> Override:
    made_at = BEGAN + timedelta(hours=hours)
    return Override(attempt, score(machine, "C4", "judge"), level, "", by, made_at)


def test_nothing_said_gives_no_figures() -> None:
    assert dispute_figures([]) == ()
    assert override_figures([]) == ()


def test_disputes_are_counted_by_what_became_of_them() -> None:
    made = [dispute(2.0, 2.0), dispute(2.0, 3.0), dispute(3.0, 2.0), dispute(2.0, 4.0)]
    (found,) = dispute_figures([*made, dispute(2.0), dispute(2.0, None), dispute(None, 2.0)])
    assert (found.disputed, found.judged_again) == (7, 6)
    assert (found.same, found.higher, found.lower) == (1, 2, 1)
    assert found.share_kept == 0.25


def test_a_fraction_of_a_level_is_the_same_level() -> None:
    (found,) = dispute_figures([dispute(2.2, 2.0, "plain")])
    assert (found.same, found.share_kept) == (1, 1.0)


def test_without_a_second_judge_no_share_is_made_up() -> None:
    (found,) = dispute_figures([dispute(2.0, scorer="plain")])
    assert (found.disputed, found.judged_again, found.share_kept) == (1, 0, None)


def test_scorers_are_not_mixed() -> None:
    found = dispute_figures([dispute(2.0, 2.0, "plain"), dispute(2.0, 3.0), dispute(1.0)])
    assert [(one.scorer, one.disputed) for one in found] == [("judge", 2), ("plain", 1)]
    mixed = replace(override(2.0, 2.0), machine=score(2.0, "C4", "plain"))
    assert [one.scorer for one in override_figures([override(2.0, 2.0), mixed])] == ["judge", "plain"]


def test_few_overrides_have_shares_and_no_kappa() -> None:
    (found,) = override_figures([override(2.0, 2.0, "a"), override(3.0, 2.0, "b"), override(4.0, 2.0, "c")])
    assert (found.n, found.qwk) == (3, None)
    assert found.exact == pytest.approx(1 / 3)
    assert found.adjacent == pytest.approx(2 / 3)


def test_a_level_beside_a_reader_is_no_figure_of_its_agreement() -> None:
    beside = replace(override(2.0, None), machine=score(None, "answer", "reader"))
    assert override_figures([beside]) == ()


def test_kappa_is_one_when_all_agree_and_low_when_they_do_not() -> None:
    levels = [1.0, 2.0, 3.0, 4.0] * 5
    same = [override(level, level, f"a{n}") for n, level in enumerate(levels)]
    other = [override(level, 5 - level, f"a{n}") for n, level in enumerate(levels)]
    (agreed,), (opposed,) = override_figures(same), override_figures(other)
    assert (agreed.n, agreed.qwk, agreed.exact) == (20, 1.0, 1.0)
    assert opposed.qwk is not None and opposed.qwk < 0
    assert opposed.qwk_low is not None and opposed.qwk_high is not None
    assert opposed.qwk_low <= opposed.qwk <= opposed.qwk_high
    assert len(levels) >= FEWEST_FOR_KAPPA


def test_the_newest_level_of_an_instructor_counts_and_each_instructor_counts() -> None:
    made = [override(4.0, 2.0, hours=1), override(2.0, 2.0, hours=2), override(3.0, 2.0, by="omar")]
    (found,) = override_figures(made)
    assert (found.n, found.exact) == (2, 0.5)


def test_a_level_beside_an_unscored_criterion_is_no_agreement() -> None:
    (found,) = override_figures([override(3.0, None)])
    assert (found.n, found.exact, found.qwk) == (0, None, None)
