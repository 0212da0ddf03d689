"""Nothing about a small group can be read, nor worked out from what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.cohorts.small_groups import EXPORTED, HIDDEN, SHOWN, Group, tell, tell_parts

pytestmark = pytest.mark.slow

parts = some.dictionaries(
    some.text("abcdef", min_size=1, max_size=3),
    some.integers(0, 25).flatmap(
        lambda people: some.lists(some.floats(1, 4), min_size=people, max_size=people).map(
            lambda values: Group(len(values), sum(values))
        )
    ),
    max_size=8,
)


@given(parts, some.sampled_from([SHOWN, EXPORTED]))
def test_no_figure_is_about_fewer_people_than_allowed(found: dict[str, Group], least: int) -> None:
    told, whole = tell_parts(found, least)
    for one in (*told.values(), whole):
        assert one == HIDDEN or (one.people or 0) >= least


@given(parts, some.sampled_from([SHOWN, EXPORTED]))
def test_subtracting_what_is_shown_from_the_whole_never_leaves_a_small_group(
    found: dict[str, Group], least: int
) -> None:
    told, whole = tell_parts(found, least)
    if whole == HIDDEN:
        return
    left = (whole.people or 0) - sum(one.people or 0 for one in told.values())
    assert left == 0 or left >= least


@given(parts, some.data())
def test_nor_does_any_part_subtracted_from_any_union_that_is_shown(
    found: dict[str, Group], data: some.DataObject
) -> None:
    """What an attacker can form by adding and subtracting shown figures is a union of shown parts, or the
    whole without some of them: each is a group of five or more, or nobody."""
    told, whole = tell_parts(found)
    shown = [name for name, one in told.items() if one != HIDDEN]
    some_of_them = data.draw(some.lists(some.sampled_from(shown), unique=True)) if shown else []
    union = sum(found[name].people for name in some_of_them)
    assert union == 0 or union >= SHOWN
    if whole != HIDDEN:
        rest = sum(group.people for name, group in found.items() if name not in some_of_them)
        assert rest == 0 or rest >= SHOWN


@given(parts)
def test_whoever_may_be_shown_alone_is_not_hidden_without_need(found: dict[str, Group]) -> None:
    told, whole = tell_parts(found)
    if all(group.people >= SHOWN for group in found.values()) and found:
        assert HIDDEN not in told.values()
        assert whole != HIDDEN


def test_means_are_rounded_so_that_one_more_person_does_not_show_their_value() -> None:
    without, with_one = tell(Group(20, 50.0)), tell(Group(21, 50.0 + 3.0))
    assert (without.mean, with_one.mean) == (2.5, 2.5)
