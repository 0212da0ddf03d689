from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.estimates import CapacityStep, check_answer, check_text, check_turn
from analysis.estimates.numbers import numbers_of, written
from analysis.estimates.quantities import find_quantities
from analysis.evaluate.capacity_claims import (
    FOURTH,
    GOLD,
    SECOND,
    THIRD,
    main,
    measure,
    offline_checker,
    read_rows,
)
from analysis.scoring.judge import configured_judge
from data.domain import Answer, Question, RehearseError, Turn, Word
from tests.careful_judge import claim
from tests.fake_endpoint import FakeEndpoint, says


def values(text: str) -> list[float]:
    return [number.value for number in numbers_of(written(text).text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ten k QPS", 10e3),
        ("two hundred and fifty million", 250e6),
        ("half a petabyte", 0.5),
        ("86,400 seconds", 86400),
        ("1e5", 1e5),
        ("10^5", 1e5),
        ("10⁵", 1e5),
        ("two to the forty", 2.0**40),
        ("62 to the power of 7", 62.0**7),
        ("eighty-six thousand four hundred", 86400),
        ("one point two million", 1.2e6),
        ("two and a half million", 2.5e6),
        ("a quarter of a billion", 0.25e9),
        ("a couple of hundred", 200),
        ("2.3 bn", 2.3e9),
        ("1B users", 1e9),
        ("500B each", 500),
        ("three hundred and forty seven thousand two hundred", 347200),
        ("ninety nine point nine", 99.9),
        ("eleven sixty", 1160),
        ("three and a half trillion", 3.5e12),
        ("a trillion", 1e12),
        ("a million and a half", 1.5e6),
        ("5 x 10^8", 5e8),
    ],
)
def test_numbers_are_read_as_spoken_and_as_written(text: str, value: float) -> None:
    assert values(text) == [pytest.approx(value)]


@pytest.mark.parametrize(
    "text",
    [
        "p99 on S3 over IPv4",
        "no",
        "",
        "the 99th percentile",
        "one of them",
        "at 14:20",
        "ten o'clock",
        "a bit",
    ],
)
def test_what_only_looks_like_a_number_is_no_quantity(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "data", "time"),
    [
        ("20 megabytes per second", 20e6, 1, -1),
        ("48 Gb/s", 6e9, 1, -1),
        ("10 Gbps", 1.25e9, 1, -1),
        ("a ten gigabit link", 1.25e9, 1, -1),
        ("half a petabyte", 0.5e15, 1, 0),
        ("10 posts per user per day", 10 / 86400, 0, -1),
        ("100 million photos are uploaded every day", 1e8 / 86400, 0, -1),
        ("1 billion daily requests", 1e9 / 86400, 0, -1),
        ("50 million daily active users", 5e7, 0, 0),
        ("86,400 seconds a day", 86400, 0, 1),
        ("50ms", 0.05, 0, 1),
        ("3 GiB", 3 * 2.0**30, 1, 0),
        ("20 percent", 0.2, 0, 0),
        ("three times", 3, 0, 0),
        ("a hundred to one", 100, 0, 0),
    ],
)
def test_units_and_periods_are_read(text: str, value: float, data: int, time: int) -> None:
    [quantity] = find_quantities(text)
    assert (quantity.data, quantity.time) == (data, time)
    assert quantity.value == pytest.approx(value)


def steps(text: str) -> dict[str, CapacityStep]:
    return {step.text: step for step in check_text(text)}


CHAIN = (
    "100 million users times 10 posts a day is 1 billion posts a day, divided by 86,400 is about 12k per "
    "second. Each post is 1 KB, so {0} a day, which over five years is 1.8 PB."
)


def test_a_chain_is_recomputed_step_by_step() -> None:
    found = steps(CHAIN.format("1 TB"))
    assert {step.verdict for step in found.values()} == {"consistent"}
    assert found["12k per second"].recomputed == pytest.approx(11574, rel=0.001)
    assert found["12k per second"].off_by_factor == pytest.approx(1.037, rel=0.001)
    assert "100 million users" in found["1 billion posts a day"].formula


def test_a_slip_is_counted_once() -> None:
    found = steps(CHAIN.format("10 TB"))
    assert found["10 TB a day"].verdict == "slip"
    assert found["10 TB a day"].off_by_factor == pytest.approx(10, rel=0.05)
    assert found["1.8 PB"].verdict == "consistent"


def test_what_follows_from_a_slip_is_told_with_that_mended() -> None:
    said = (
        "50 million users, 40 messages each, that's 200 million messages a day. "
        "At 100 bytes that's 20 GB a day."
    )
    found = steps(said)
    assert [step.verdict for step in found.values()] == ["slip", "carried"]
    assert found["20 GB a day"].recomputed == pytest.approx(200)


@pytest.mark.parametrize("users", ["3 million", "40 billion", "seven"])
def test_another_assumption_is_never_punished(users: str) -> None:
    text = f"Assume {users} users and 10 posts per user per day. A post is 1 KB and we keep it for 5 years."
    assert not any(step.verdict == "slip" for step in steps(text).values())


@pytest.mark.parametrize(
    ("text", "said", "verdict"),
    [
        ("A 10 Gbps link moves 1.25 GB per second.", "1.25 GB per second", "consistent"),
        ("The link is 10 Gbps, that's 10 gigabytes per second.", "10 gigabytes per second", "slip"),
        ("1 billion requests a day divided by 100,000 seconds is 10k QPS.", "10k QPS", "consistent"),
        ("1 billion requests a day divided by 86,400 is 120k per second.", "120k per second", "slip"),
        ("We write 73 TB a year, and with three replicas that's 220 TB.", "220 TB", "consistent"),
        ("We write 73 TB a year, and with three replicas that's 73 TB.", "73 TB", "slip"),
        ("Peak is 35k QPS. At 10k QPS per node we need 4 nodes.", "4 nodes", "consistent"),
        (
            "99.9 percent gives us 43 minutes of downtime a month.",
            "43 minutes of downtime a month",
            "consistent",
        ),
        ("62 to the 7 is about 3.5 trillion codes.", "3.5 trillion codes", "consistent"),
        (
            "500 requests per second at 200 ms each means 100 requests in flight.",
            "100 requests",
            "consistent",
        ),
    ],
)
def test_slips_are_told_from_rounding(text: str, said: str, verdict: str) -> None:
    found = {name: step.verdict for name, step in steps(text).items() if name.startswith(said)}
    assert list(found.values()) == [verdict]


def test_a_result_that_nothing_leads_to_is_silent() -> None:
    assert steps("So we need 40 machines.") == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "",
        "I don't know.",
        "=" * 200,
        "1 " * 400,
        "ten " * 300,
        "÷ / % 5 x",
        "so 0 GB minus 0 GB is 0 GB plus 1",
        "۵۰۰ میلیون",
    ],
)
def test_noise_does_no_harm(text: str) -> None:
    assert all(step.verdict != "slip" for step in check_text(text))


def test_a_step_carries_a_quote_with_its_seconds() -> None:
    text = "100 million users times 10 posts a day is 1 billion posts a day"
    words = tuple(Word(word, float(i), i + 0.5) for i, word in enumerate(text.split()))
    [step] = check_turn(Turn(3, "candidate", text, words, "prompted"))
    assert step.quote.quote in text
    assert (step.quote.turn, step.quote.elicitation) == (3, "prompted")
    assert step.quote.end_seconds == 13.5
    assert [evidence.quote for evidence in step.assumptions][0].endswith("100 million users")


def test_only_the_candidate_is_checked() -> None:
    question = Question("q", "capacity", "mid", "q", "Estimate.", "t", ("C5",), 5.0)
    said = "The link is 10 Gbps, that's 10 gigabytes per second."
    assert check_answer(Answer(question, (Turn(0, "interviewer", said),))).steps == ()


def test_the_constructed_set_is_large_and_mixed() -> None:
    rows = read_rows(GOLD)
    claims = [claim for row in rows for claim in row.claims]
    assert len(rows) >= 90
    assert len(claims) >= 300
    assert all(claim.start >= 0 for claim in claims)
    assert any(not claim.correct for claim in claims)


@pytest.mark.slow
@pytest.mark.parametrize("path", [GOLD, SECOND, THIRD, FOURTH])
def test_the_constructed_sets_are_found_and_judged(path: Path) -> None:
    figures = measure([offline_checker(row) for row in read_rows(path)])
    claims, right = figures["claims"] or 0, figures["right"] or 0
    assert (figures["found"] or 0) >= 0.85 * claims
    assert (figures["verdict_accuracy"] or 0) >= 0.93
    assert (figures["wrong_shown"] or 0) >= 0.5 * (claims - right)
    assert (figures["false_alarms"] or 0) <= 0.01 * right
    assert (figures["texts_alarmed"] or 0) <= 0.02 * (figures["texts_without_slip"] or 0)


def test_the_benchmark_prints_its_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {
        "question": "Size the queue.",
        "facts": "2,000 events a second.",
        "answer": "So 2 KB each is 40 MB a second, that's 3.5 TB a day.",
        "claims": [
            {"text": "40 MB a second", "claimed": 40, "correct": False},
            {"text": "3.5 TB a day", "claimed": 3.5, "correct": False, "inherits_slip": True},
        ],
    }
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row))
    assert main([str(path), "--json", str(tmp_path / "out.json")]) == 0
    written = (tmp_path / "out.json").read_text()
    assert written == capsys.readouterr().out
    assert json.loads(written) == {
        "claims": 2,
        "found": 2,
        "verdict_accuracy": 1.0,
        "all_right_accuracy": 0.0,
        "wrong": 2,
        "wrong_shown": 2,
        "right": 0,
        "false_alarms": 0,
        "texts_without_slip": 0,
        "texts_alarmed": 0,
    }


@pytest.mark.slow
def test_a_judge_can_be_measured_on_the_same_claims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "The link is 10 Gbps, that's 10 gigabytes per second, so one terabyte takes 100 seconds."
    claims: list[dict[str, object]] = [{"text": "10 gigabytes per second", "claimed": 10, "correct": False}]
    claims.append({"text": "100 seconds", "claimed": 100, "correct": True})
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"question": "How fast is the link?", "answer": said, "claims": claims}))
    endpoint = FakeEndpoint(says({"claims": [claim("that's 10 gigabytes per second", "C5")]}))
    monkeypatch.setattr(configured_judge, "JUDGE_CACHE", tmp_path / "cache")
    with endpoint.serve(0) as base_url:
        monkeypatch.setenv("LLM_BASE_URL", base_url)
        assert main([str(path), "--scorer", "judge"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["claims"], told["found"], told["verdict_accuracy"], told["wrong_shown"]) == (2, 2, 1.0, 1)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"question": "q", "answer": "a"}', '{"answer": 1, "claims": [{}]}']
)
def test_a_mistake_in_the_file_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(RehearseError, match="line 1"):
        read_rows(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match=r"none\.jsonl"):
        read_rows(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("text", "stated", "verdict"),
    [
        ("At 20 threads per box and 700 requests in flight we need 35 boxes.", 35, "consistent"),
        ("That's 400 GB in all. A box with 64 GB can use 50 GB for it, so 8 boxes.", 8, "consistent"),
        ("We need 25 servers. I'd run them at 60 percent, so that makes about 42 servers.", 42, "consistent"),
        ("2.4 petabytes a day, spread over a day that's around 28 gigabytes a second.", 28, "consistent"),
        ("Over a ten gigabit link that's 1.25 gigabytes a second.", 1.25, "consistent"),
        (
            "50k reads/s. With a hit rate of 95 percent the store still sees 2,500 reads/s.",
            2500,
            "consistent",
        ),
        ("All articles are 20 GB. Caching 15% of that would take 30 GB of memory.", 30, "slip"),
        ("5,000 cameras at 4 Mbit/s each make 20 Gbit/s.", 20, "consistent"),
    ],
)
def test_more_ways_to_say_a_result(text: str, stated: float, verdict: str) -> None:
    told = [step for step in check_text(text) if step.stated == pytest.approx(stated)]
    assert [step.verdict for step in told] == [verdict]
