"""Wrong claims that are shown, and what only looks like one."""

from __future__ import annotations

import pytest

from analysis.estimates import check_text

WRONG = (
    (
        "Sixty million a month, with two and a half million seconds that's around 240 writes a second.",
        "240",
        24,
    ),
    ("It's 48 dollars an hour. A month has 730 hours, that's about 3,500 dollars a month.", "3,500", 35_040),
    ("That means twenty thousand seconds, so nearly two hours.", "two hours", 5.56),
    ("A million rows at 250 rows a second, that's four hours.", "four hours", 1.11),
    ("We send 20 million times 5, so 100 million a day. Per second that's 11.5k.", "11.5k", 1157),
    ("99.99 percent availability means about 43 minutes of downtime per month.", "43 minutes", 4.32),
    (
        "Three at 99.9 give about 99.7. In a thirty day month that's a downtime of 13 minutes.",
        "13 minutes",
        129.6,
    ),
    ("We get 3 million photos a day at 2 MB each, so that's 6 TB a second.", "6 TB", 69.4e-6),
    ("We have 20,000 requests a second. 400 bytes times 20,000 a second is 3 MB a second.", "3 MB", 8),
)
RIGHT = (
    "A worker takes 2e9 over 500, four million seconds. Divide by 86,400 and that's about 46 days.",
    "The file is complete after fifty milliseconds, but the upload takes up to ten seconds.",
    "It takes 5.8 days on one accelerator, 14 hours on ten.",
    "We have 200 M places at 40 B are 8 GB of index.",
    "Two entries of 16 B plus overhead, that is 30 GB for 1 B identifiers.",
    "Try again in five minutes, nobody is hurt by a payout that is two hours late.",
    "The Romans had ten months first, and then the pope took out ten days.",
    "Cores: four hundred times twenty milliseconds is eight.",
    "100,000 x 50 / 10 s = 500,000 points a second.",
    "Whether it's ten megabytes or a terabyte, it is the same.",
    "2,000 a day at 200 kilobytes is 400 megabytes, so 20 gigabytes last about fifty days.",
)


@pytest.mark.parametrize(("text", "said", "recomputed"), WRONG)
def test_a_wrong_claim_whose_units_leave_one_way_is_shown(text: str, said: str, recomputed: float) -> None:
    """Off by a zero, or by anything where nothing else could have been computed."""
    slips = [step for step in check_text(text) if step.verdict == "slip"]
    assert [step.text.startswith(said) for step in slips] == [True]
    assert slips[0].recomputed == pytest.approx(recomputed, rel=0.02)


@pytest.mark.parametrize("text", RIGHT)
def test_what_only_looks_like_a_slip_is_not_called_one(text: str) -> None:
    """Conditions, timeouts, bytes that are no billions, numbers of other things."""
    assert [step.text for step in check_text(text) if step.verdict == "slip"] == []
