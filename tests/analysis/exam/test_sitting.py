"""A judge sits the exam: one that reads passes, one that praises does not; stopped, cut off, gone on with."""

from __future__ import annotations

import json
import threading
from io import StringIO
from pathlib import Path

import pytest

from analysis.evaluate import __main__ as evaluate
from analysis.evaluate import exam_taken
from analysis.exam.sitting import Sitting, estimate, sit
from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import forget_servers
from analysis.llm.spending import Spending
from analysis.llm.usage import Price
from analysis.scoring.judge import JudgeScorer, configured_judge
from analysis.scoring.judge.view import show
from tests.asked_judge import a_grader
from tests.exam_sitters import judging_as_labelled, some_answers
from tests.fake_endpoint import Asked, Behaviour, FakeEndpoint, Said, only, says

pytestmark = pytest.mark.slow

ROWS = some_answers(2)


def a_judge(*behaviours: Behaviour, cache: Path | None = None) -> tuple[JudgeScorer, FakeEndpoint]:
    endpoint = FakeEndpoint(*behaviours)
    return JudgeScorer(a_grader(endpoint, cache)), endpoint


def test_a_judge_that_reads_passes_and_says_what_it_took() -> None:
    judge, endpoint = a_judge(judging_as_labelled())
    before = estimate(judge, ROWS)
    seen = Sitting()
    result = sit(judge, ROWS, seen)
    assert result.passed
    assert (result.figures["qwk"], result.figures["claims_caught"], result.figures["unscored"]) == (
        1.0,
        1.0,
        0.0,
    )
    assert result.figures["points_agreed"] == 1.0
    assert result.scorer_version == judge.version
    assert before.calls >= len(endpoint.asked) == result.figures["calls"]
    assert (seen.done, seen.answers) == (len(ROWS), len(ROWS))
    assert result.figures["price_an_answer"] is None


def test_a_judge_that_finds_everything_good_does_not_pass() -> None:
    judge, _ = a_judge(judging_as_labelled(level=3))
    result = sit(judge, ROWS)
    assert result.figures["wrong_at_3"] == 1.0
    assert not result.passed


def test_a_judge_whose_replies_can_never_be_read_is_not_asked_to_the_end() -> None:
    judge, _ = a_judge(only("read", says("no")), judging_as_labelled())
    seen = Sitting()
    with pytest.raises(ChatError, match="could not be read"):
        sit(judge, ROWS, seen)
    assert seen.done < len(ROWS)


def test_an_answer_of_which_nothing_could_be_read_is_unscored_and_the_exam_goes_on() -> None:
    unread = show(ROWS[0].answer).turns[1].text

    def once(asked: Asked) -> Said | None:
        return Said("no") if asked.kind == "read" and asked.turns[1] == unread else None

    judge, _ = a_judge(once, judging_as_labelled())
    result = sit(judge, ROWS)
    assert result.figures["unscored"] == 1 / len(ROWS)
    assert not result.passed


@pytest.mark.parametrize(("code", "kind"), [(503, "unreachable"), (401, "key"), (404, "rejected")])
def test_a_server_that_is_gone_in_mid_exam_stops_it_and_what_was_paid_for_is_kept(
    tmp_path: Path, code: int, kind: str
) -> None:
    gone = [False]

    def server(asked: Asked) -> Said | None:
        gone[0] = gone[0] or asked.number >= 20
        return Said("gone", code) if gone[0] else None

    judge, endpoint = a_judge(server, judging_as_labelled(), cache=tmp_path)
    seen = Sitting()
    with pytest.raises(ChatError) as stopped:
        sit(judge, ROWS, seen)
    assert stopped.value.kind == kind
    assert 0 < seen.done < len(ROWS)

    again, other = a_judge(judging_as_labelled(), cache=tmp_path)
    left = estimate(again, ROWS)
    assert left.kept >= seen.done * 2
    result = sit(again, ROWS)
    assert result.passed
    assert len(other.asked) <= left.calls
    assert len(other.asked) < result.figures["calls"]


def test_who_stops_it_is_obeyed_before_the_next_answer() -> None:
    seen = Sitting()

    def stopping(asked: Asked) -> Said | None:
        seen.cancel.set()
        return None

    judge, _ = a_judge(stopping, judging_as_labelled())
    with pytest.raises(ChatError) as stopped:
        sit(judge, ROWS, seen)
    assert stopped.value.kind == "cancelled"
    assert seen.done <= 1


def test_a_server_that_takes_many_calls_is_given_several_answers_at_once() -> None:
    together = threading.Barrier(2, timeout=60)

    def waiting(asked: Asked) -> Said | None:
        if asked.number < 2:
            together.wait()
        return None

    grader = a_grader(FakeEndpoint(waiting, judging_as_labelled()))
    grader.concurrency = 8
    seen = Sitting()
    assert sit(JudgeScorer(grader), ROWS, seen).passed
    assert seen.done == len(ROWS)


def test_what_it_spends_is_counted_as_the_exam() -> None:
    grader = a_grader(FakeEndpoint(judging_as_labelled()))
    grader.spending = Spending()
    sit(JudgeScorer(grader), ROWS[:1])
    assert set(grader.spending.by_purpose()) == {"exam"}


def test_seconds_and_price_of_an_answer_are_those_of_an_exam_without_kept_replies(tmp_path: Path) -> None:
    grader = a_grader(FakeEndpoint(judging_as_labelled()), tmp_path)
    grader.price = Price(1.0, 1.0)
    judge = JudgeScorer(grader)
    whole = sit(judge, ROWS).figures["price_an_answer"]
    kept = sit(judge, ROWS).figures
    assert whole == pytest.approx(kept["calls"] / len(ROWS) * 120e-6, abs=1e-5)
    assert (kept["price_an_answer"], kept["seconds_an_answer"]) == (None, None)


def run_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *arguments: str, typed: str = ""
) -> tuple[int, FakeEndpoint]:
    forget_servers()
    endpoint = FakeEndpoint(judging_as_labelled())
    with endpoint.serve(0) as url:
        monkeypatch.setenv("LLM_BASE_URL", url)
        monkeypatch.setattr(configured_judge, "JUDGE_CACHE", tmp_path / "replies")
        monkeypatch.setattr(exam_taken, "shipped_answers", lambda: ROWS[:5])
        monkeypatch.setattr("sys.stdin", StringIO(typed))
        return evaluate.main(["exam", *arguments]), endpoint


@pytest.mark.parametrize("typed", ["", "n\n", "never\n"])
def test_the_command_tells_the_cost_first_and_sends_nothing_without_a_yes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    code, endpoint = run_command(monkeypatch, tmp_path, typed=typed)
    assert code == 1
    assert endpoint.asked == []
    assert "calls, about" in capsys.readouterr().err


def test_the_command_prints_the_figures_and_whether_it_passed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "exam.json"
    code, endpoint = run_command(monkeypatch, tmp_path, "--yes", "--model", "other", "--json", str(out))
    assert code == 0
    assert {asked.body["model"] for asked in endpoint.asked} == {"other"}
    said = capsys.readouterr()
    assert json.loads(said.out) == json.loads(out.read_text())
    assert "Passed: agreement (QWK) 0.7 or more" in said.err
