"""A connected model reads sums; only what can be computed from numbers that were said is believed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.estimates import check_answer
from analysis.estimates.second_look import Sum, cost_of, look_again, with_sums
from analysis.evaluate.capacity_claims import main
from analysis.llm.chat_model import Call
from data import settings
from data.domain import Answer, Turn
from tests.asked_judge import QUESTION, a_grader
from tests.fake_endpoint import FakeEndpoint, says

SAID = "Forty pods with a pool of 25, fine. On the database the load is three thousand connections, then."
ANSWER = Answer(
    QUESTION,
    (Turn(0, "interviewer", "How many? Take 300 tables."), Turn(1, "candidate", SAID)),
)
WRONG = Sum(quote="is three thousand connections", stated=3000, expression="40 * 25")


@pytest.mark.slow
def test_a_number_that_nothing_led_to_is_told_with_what_it_should_be() -> None:
    endpoint = FakeEndpoint(says({"sums": [WRONG.model_dump()]}))
    assert check_answer(ANSWER).steps == ()
    (step,) = look_again(a_grader(endpoint), ANSWER, (), Call())
    assert (step.verdict, step.stated, step.recomputed, step.formula) == ("slip", 3000, 1000, "40 * 25")
    assert step.quote.turn == 1 and step.quote.quote in SAID
    sent = str(endpoint.asked[0].body["messages"])
    assert "Forty pods" in sent and "300 tables" in sent


@pytest.mark.parametrize(
    "one",
    [
        Sum(quote="is three thousand connections", stated=3000, expression="40 * 26"),
        Sum(quote="is three thousand connections", stated=3000, expression="3000"),
        Sum(quote="is three thousand connections", stated=4000, expression="40 * 25"),
        Sum(quote="is two thousand connections", stated=2000, expression="40 * 25"),
        Sum(quote="Take 300 tables", stated=300, expression="40 * 25"),
        Sum(quote="is three thousand connections", stated=3000, expression="__import__('os')"),
        Sum(quote="is three thousand connections", stated=3000, expression="25 ** 40 ** 40"),
        Sum(quote="is three thousand connections", stated=3000, expression="40 / 0"),
        Sum(quote="is three thousand connections", stated=3000, expression="(" * 200),
        Sum(quote="is three thousand connections", stated=3000, expression="40 * True"),
    ],
)
def test_what_was_not_said_or_does_not_compute_is_silent(one: Sum) -> None:
    assert with_sums(ANSWER, (), [one]) == ()


def test_a_step_found_without_a_model_stays() -> None:
    said = "50 million users at 1 KB, so that is 500 GB."
    answer = Answer(QUESTION, (Turn(0, "interviewer", "How much?"), Turn(1, "candidate", said)))
    steps = check_answer(answer).steps
    model = [Sum(quote="so that is 500 GB", stated=500, expression="500 * 1")]
    assert len(steps) == 1 and with_sums(answer, steps, model) == steps


def test_a_sum_may_be_written_out_in_any_unit() -> None:
    said = (
        "50 million users of 1.2 KB, of which twenty percent matter, make somewhere near 12 GB. Half: 6 GB."
    )
    answer = Answer(QUESTION, (Turn(0, "interviewer", "How much?"), Turn(1, "candidate", said)))
    sums = [
        Sum(quote="somewhere near 12 GB", stated=12, expression="50000000 * 1.2 * 1000 / 1e9 * 0.2"),
        Sum(quote="Half: 6 GB", stated=6, expression="12 / 2"),
    ]
    steps = with_sums(answer, (), sums)
    assert [step.verdict for step in steps] == ["consistent", "consistent"]
    assert [step.recomputed for step in steps] == pytest.approx([12, 6])


def test_what_goes_on_from_a_slip_is_told_with_that_mended() -> None:
    said = (
        "Forty pods with a pool of 25. The load is three thousand connections. At 2 MB each 6 GB of memory."
    )
    answer = Answer(QUESTION, (Turn(0, "interviewer", "How much?"), Turn(1, "candidate", said)))
    sums = [WRONG, Sum(quote="MB each 6 GB", stated=6, expression="3000 * 2 / 1000")]
    slip, after = with_sums(answer, check_answer(answer).steps, sums)
    assert (slip.verdict, after.verdict) == ("slip", "carried")
    assert after.recomputed == pytest.approx(2)


def test_millions_may_be_left_out_of_what_was_stated() -> None:
    said = "20k requests a second, times 3,600, so we serve 72 million ads a day."
    answer = Answer(QUESTION, (Turn(0, "interviewer", "How many?"), Turn(1, "candidate", said)))
    one = Sum(quote="we serve 72 million ads", stated=72, expression="20000 * 86400 / 1e6")
    (step,) = with_sums(answer, (), [one])
    assert (step.verdict, step.stated) == ("slip", 72e6) and step.recomputed == pytest.approx(1728e6)


def test_what_it_costs_is_told_before_anything_is_sent() -> None:
    endpoint = FakeEndpoint()
    assert cost_of(a_grader(endpoint), ANSWER).calls == 1 and endpoint.asked == []


@pytest.mark.slow
def test_the_benchmark_has_a_model_read_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = [{"text": "three thousand connections", "claimed": 3000, "correct": False}]
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"question": "How many?", "answer": SAID, "claims": claims}))
    monkeypatch.setattr(settings, "JUDGE_CACHE", tmp_path / "cache")
    endpoint = FakeEndpoint(says({"sums": [WRONG.model_dump()]}))
    with endpoint.serve(0) as base_url:
        monkeypatch.setenv("LLM_BASE_URL", base_url)
        assert main([str(path), "--model"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["wrong"], told["wrong_shown"]) == (1, 1)
