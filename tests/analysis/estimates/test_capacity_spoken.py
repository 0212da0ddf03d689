"""How people say sums aloud: they take numbers back, leave units out and speak of what does not go in."""

from __future__ import annotations

import pytest

from analysis.estimates import check_text
from analysis.estimates.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "said", "verdict"),
    [
        ("6 million reviews a day, that's about seven, no wait, seventy a second.", 70, "consistent"),
        ("Each of 40 million items is 6 KB, so about 24 GB... no sorry, 240 GB.", 240, "consistent"),
        ("We do 25k/s and 10k/s arrive, net drain 15k/s. So 90M / 15k = 600 seconds.", 600, "slip"),
        ("10^6 hosts with 500 metrics each gives 5 x 10^8 series.", 5e8, "consistent"),
        ("It reads 20k a second but 8,000 still come in, so it gains 12k/s.", 12e3, "consistent"),
        ("Reads are 50k/s at a 98 % hit rate. So the store sees 1000 reads a second.", 1e3, "consistent"),
        ("With 50k seats 480k people come in the first minute, so 8k people a second.", 8e3, "consistent"),
        ("A row is a kilobyte and we have 5 million rows, so 5 gigabytes.", 5, "consistent"),
        ("300 hours of video come every minute. An hour is 1.5 GB, so 450 GB a minute.", 450, "consistent"),
        ("A card of twenty five gig, a 25 gig card, run at 80 percent gives 20 gigabits.", 20, "consistent"),
        ("Six characters out of 62 give 57 billion codes.", 57e9, "consistent"),
        ("We have 10 TB today and it doubles every year, so in 3 years 80 TB.", 80, "consistent"),
        ("It is 2 TB and grows 50 percent a year. After two years that's 4.5 TB.", 4.5, "consistent"),
        ("Auth is at 99.9 and payments are at 99.9, in series 99.8.", 99.8, "consistent"),
        ("Three services in a row at 99.9 each, that is 99.7 percent.", 99.7, "consistent"),
        ("99.95 leaves 0.05%.", 0.05, "consistent"),
        ("Of 2.2 billion codes we use 120 million, 5.5 percent.", 5.5, "consistent"),
        ("60,000 reads and 12,000 writes a second, so five times as many reads.", 5, "consistent"),
        ("1.5 TB on disk. How I get there: we write 52 GB daily and keep 30 days.", 1.5, "consistent"),
        ("It is fourteen four hundred seconds, so four hours.", 4, "consistent"),
        ("The table is 408 GB. Indexes add half of that, so 612 GB.", 612, "consistent"),
    ],
)  # fmt: skip
def test_spoken_arithmetic_is_followed(text: str, said: float, verdict: str) -> None:
    steps = [step for step in check_text(text) if step.stated == pytest.approx(said)]
    assert [step.verdict for step in steps] == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "We keep 5 TB. So the other store has 9 TB.",
        "Six characters out of 62 give 57 billion codes. If we make 100 million links a month we are fine.",
        "A call takes 250 ms, and we send 36 million webhooks a day.",
    ],
)
def test_another_number_is_no_slip(text: str) -> None:
    assert all(step.verdict != "slip" for step in check_text(text))


def test_a_number_that_is_only_introduced_takes_nothing_back() -> None:
    found = find_quantities("Photos are 2 MB, that's actually 200 TB for 100M of them.")
    assert [quantity.stated for quantity in found] == [2, 200, 1e8]


def test_a_wrong_number_that_is_mended_at_once_is_no_slip() -> None:
    text = "80M documents of 5 KB, that's 40 GB of, wait, I lost a zero, 400 GB of source."
    assert [(step.stated, step.verdict) for step in check_text(text)] == [(400, "consistent")]


def test_a_sum_that_misses_its_own_count_is_a_slip() -> None:
    (step,) = check_text("35 teams with 16 dashboards each, that's 420 dashboards.")
    assert (step.verdict, step.recomputed) == ("slip", 560)
