"""From verdicts on clauses to a level: a table, and what holds whatever the verdicts are."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.scoring.judge.asked_items import clauses_of
from analysis.scoring.judge.clause_levels import (
    NOT_INVITED,
    UNSURE,
    UNVERIFIED,
    Asked,
    deciding_clauses,
    level_of,
)
from analysis.scoring.judge.replies import Verdict
from analysis.scoring.judge.verdicts import Finding, Votes
from data.domain import Elicitation, Evidence, Question
from data.rubrics import asked_clauses, criterion, load_frame

C2, C4 = criterion("C2"), criterion("C4")
VERDICTS: Mapping[str, Verdict | None] = {"S": "said", "h": "half", "W": "wrong", "-": "not_said", "?": None}


def asked(category: str = "system_design", name: str = "C2", invited: bool = True) -> Asked:
    question = Question("q", category, "mid", "Q", "Design it.", "t", (), 10.0)
    return Asked(asked_clauses(question, name), load_frame().volunteered_clauses, invited)


def votes(row: str, name: str = "C2", how: Elicitation = "volunteered") -> dict[str, Votes]:
    """One letter a clause, levels 2 to 4 apart: "S SSSS ----"; several looks at a clause in brackets."""
    looks: list[str] = []
    rest = row.replace(" ", "")
    while rest:
        if rest[0] == "(":
            inside, rest = rest[1:].split(")", 1)
            looks.append(inside)
        else:
            looks.append(rest[0])
            rest = rest[1:]
    items = clauses_of(criterion(name))
    return {
        item.id: Votes(tuple(finding(item.id, VERDICTS[letter], how) for letter in given))
        for item, given in zip(items, looks, strict=True)
    }


def finding(name: str, verdict: Verdict | None, how: Elicitation) -> Finding:
    quoted = verdict not in (None, "not_said")
    return Finding(verdict, (Evidence(f"words on {name}", 1, how, clause=name),) if quoted else ())


@pytest.mark.parametrize(
    ("row", "category", "level"),
    [
        ("- ---- ----", "system_design", 1),
        ("h ---- ----", "system_design", 1),  # a label, and the only clause
        ("W SSSS SSSS", "system_design", 1),  # the concept itself is wrong
        ("S ---- ----", "system_design", 2),
        ("S SSS- ----", "system_design", 2),  # every clause is asked in a design
        ("S SSSh ----", "system_design", 3),  # one of them may be half said
        ("S SShh ----", "system_design", 2),
        ("S SSSW ----", "system_design", 2),
        ("S SSSS ----", "system_design", 3),
        ("S SSSS S---", "system_design", 3),
        ("S SSSS SS--", "system_design", 4),  # half of the highest anchor
        ("S SSSS Sh--", "system_design", 3),
        ("S SSSS Shh-", "system_design", 4),
        ("- SSSS SSSS", "system_design", 1),  # anchors are climbed one by one
        ("S -SS- ----", "distributed_systems", 3),  # partition key and guarantee are not asked there
        ("S -S-S ----", "distributed_systems", 2),  # the consequence is
        ("S -Sh- ----", "distributed_systems", 2),  # half of the anchor in all
        ("S SSh- ----", "distributed_systems", 3),
        ("S -SS- SSSS", "distributed_systems", 4),
        ("S S-S- ----", "operations", 3),  # none is asked: any half will do
        ("S S--- ----", "operations", 2),
    ],
)
def test_a_level_is_the_highest_anchor_that_holds(row: str, category: str, level: int) -> None:
    found = level_of(C2, votes(row), asked(category))
    assert (found.level, found.low, found.high) == (level, level, level)


@pytest.mark.parametrize(("how", "level"), [("volunteered", 4), ("prompted", 3), ("hinted", 2)])
def test_what_was_hinted_counts_for_two_and_four_needs_volunteered(how: Elicitation, level: int) -> None:
    assert level_of(C2, votes("S SSSS SSSS", how=how), asked()).level == level


def test_two_failures_count_only_unasked() -> None:
    assert level_of(C4, votes("S SSSS ----", "C4"), asked(name="C4")).level == 3
    assert level_of(C4, votes("S SSSS ----", "C4", "prompted"), asked(name="C4")).level == 2


@pytest.mark.parametrize(
    ("row", "wrong", "level"),
    [
        ("S SSSS SSSS", 1, 2),
        ("S SSSS SSSS", 3, 2),
        ("S ---- ----", 1, 2),
        ("S ---- ----", 2, 1),  # more that is wrong than right
        ("S S--- ----", 2, 2),
        ("S Sh-- ----", 3, 1),
    ],
)
def test_false_claims_hold_a_level_down(row: str, wrong: int, level: int) -> None:
    found = level_of(C2, votes(row), asked(), wrong)
    assert found.level == level
    assert found.is_held == (level < (level_of(C2, votes(row), asked()).level or 0))
    assert not (found.is_held and found.lacking)


@pytest.mark.parametrize(
    ("row", "wrong", "level"),
    [("- ---- ----", 0, None), ("h ---- ----", 0, None), ("- ---- ----", 1, 1), ("S ---- ----", 0, 2)],
)
def test_what_nobody_invited_is_level_one_only_where_it_is_wrong(
    row: str, wrong: int, level: int | None
) -> None:
    found = level_of(C2, votes(row), asked(invited=False), wrong)
    assert (found.level, found.reason) == (level, None if level else NOT_INVITED)


@pytest.mark.parametrize(
    ("row", "level", "low", "high", "reason"),
    [
        ("S SSS(S-S) ----", 3, 2, 3, None),
        ("S SSS(-S-) ----", 2, 2, 3, None),
        ("S SSS(S-) ----", 2, 2, 3, None),  # of two looks the lower one
        ("(S-S) SSSS ----", None, 1, 3, UNSURE),
        ("? SSSS ----", None, None, None, UNVERIFIED),
        ("S SSSS ?---", 3, 3, 3, None),  # it would change nothing
        ("S SSSS ?S--", None, None, None, UNVERIFIED),
        ("S (?S)SSS ----", 3, 3, 3, None),
    ],
)
def test_looks_that_differ_make_a_range_and_what_nobody_could_read_no_level(
    row: str, level: int | None, low: int | None, high: int | None, reason: str | None
) -> None:
    found = level_of(C2, votes(row), asked())
    assert (found.level, found.low, found.high, found.reason) == (level, low, high, reason)


@pytest.mark.parametrize(
    ("row", "hanging"),
    [
        ("- ---- ----", ()),
        ("h ---- ----", ("C2.2.a",)),
        ("S SSS- ----", ("C2.3.d",)),
        ("S SSSh ----", ("C2.3.d",)),
        ("S SS-- ----", ()),
        ("S SSSS ----", ()),
        ("S SSSS S---", ("C2.4.b", "C2.4.c", "C2.4.d")),
        ("S SSSS SS--", ()),
    ],
)
def test_a_level_hangs_on_a_half_said_clause_or_the_one_that_is_missing(
    row: str, hanging: tuple[str, ...]
) -> None:
    assert deciding_clauses(C2, votes(row), asked()) == hanging


def test_the_quotes_of_the_highest_anchor_decide_three_at_most() -> None:
    found = level_of(C2, votes("S SSSS SSSS"), asked())
    assert [quote.clause for quote in found.evidence] == ["C2.4.a", "C2.4.b", "C2.4.c"]
    assert level_of(C2, votes("h SSSS SSSS"), asked()).evidence == ()


def test_what_the_next_level_lacks_is_what_is_asked_of_it() -> None:
    lacking = level_of(C2, votes("S -S-- ----"), asked("distributed_systems")).lacking
    assert lacking == ("States the consequence the user would see.",)
    assert level_of(C2, votes("S SSSS SSSS"), asked()).lacking == ()


letters = st.text("Sh-W", min_size=9, max_size=9)


@given(letters, letters, st.sampled_from(["system_design", "distributed_systems", "operations"]))
def test_more_that_is_said_never_lowers_a_level_nor_more_that_is_false_raises_it(
    one: str, other: str, category: str
) -> None:
    order = "W-hS"
    better = "".join(max(pair, key=order.index) for pair in zip(one, other, strict=True))
    level = level_of(C2, votes(one), asked(category)).level or 0
    assert (level_of(C2, votes(better), asked(category)).level or 0) >= level
    assert (level_of(C2, votes(one), asked(category), 1).level or 0) <= level
