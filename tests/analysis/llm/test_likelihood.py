"""How likely a yes is, as servers tell it, and when they do not."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import LIKELIHOODS, Call, forget_servers
from analysis.llm.likelihood import is_offered, yes_share
from tests.asked_model import QUESTION, a_grader
from tests.fake_endpoint import Asked, Said, refuses, status
from tests.kept_replies import MemoryCache


@pytest.fixture(autouse=True)
def _no_memory_of_servers() -> None:
    forget_servers()


def place(*likely: tuple[str, float]) -> dict[str, Any]:
    tops = [{"token": token, "logprob": math.log(share)} for token, share in likely]
    return {**tops[0], "top_logprobs": tops}


def reply(*places: object, **choice: Any) -> str:
    return json.dumps(
        {"choices": [{"message": {"content": "Yes"}, "logprobs": {"content": list(places)}, **choice}]}
    )


@pytest.mark.parametrize(
    ("body", "share"),
    [
        (reply(place(("Yes", 0.6), ("No", 0.2), ("Maybe", 0.2))), 0.75),
        (reply(place(("Yes", 0.3), (" yes", 0.2), ("YES", 0.1), (" No", 0.2))), 0.75),
        (reply(place(("\u2581yes", 0.6), ("\u0120no.", 0.2))), 0.75),
        (reply(place(("No", 0.9))), 0.1),
        (reply(place(("Yes", 0.9))), 0.9),
        (reply(place(('"', 0.9), ("'", 0.1)), place(("yes", 0.6), ("no", 0.2))), 0.75),
        (reply(place(("\n", 0.9), (" ", 0.1)), place(("yes", 0.6), ("no", 0.2))), 0.75),
        (reply(place(("The", 0.999), ("Yes", 0.0005))), None),
        (reply(place(("The", 0.9), ("It", 0.1)), place(("yes", 0.9), ("no", 0.1))), None),
        (json.dumps({"choices": [{"message": {"content": "Yes"}}]}), None),
        (json.dumps({"choices": [{"message": {"content": "Yes"}, "logprobs": None}]}), None),
        (
            json.dumps(
                {"choices": [{"logprobs": {"top_logprobs": [{" yes": math.log(0.6), " no": math.log(0.2)}]}}]}
            ),
            0.75,
        ),
        (
            json.dumps(
                {
                    "completion_probabilities": [
                        {
                            "content": "yes",
                            "probs": [{"tok_str": "yes", "prob": 0.6}, {"tok_str": "no", "prob": 0.2}],
                        }
                    ]
                }
            ),
            0.75,
        ),
        (
            json.dumps(
                {
                    "choices": [
                        {
                            "completion_probabilities": [
                                {
                                    "token": "yes",
                                    "top_probs": [
                                        {"token": "yes", "prob": 0.6},
                                        {"token": "no", "prob": 0.2},
                                    ],
                                }
                            ]
                        }
                    ]
                }
            ),
            0.75,
        ),
        (reply({"token": "yes", "logprob": "high", "top_logprobs": "none"}), None),
        (reply({"token": "yes", "logprob": 7.0, "top_logprobs": []}), 1.0),
        (reply(7, None, []), None),
        (reply({"token": "yes", "logprob": -(10**380)}), None),
        ("[]", None),
    ],
)
def test_the_share_of_yes_is_read_however_it_is_told(body: str, share: float | None) -> None:
    found = yes_share(body)
    assert found == (share if share is None else pytest.approx(share))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["yes", " No", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["token", "logprob", "top_logprobs", "prob", "probs", "content", "logprobs"]),
            inner,
        )
    ),
    max_leaves=15,
)


@pytest.mark.slow
@given(content=JSON)
def test_whatever_is_told_gives_a_share_or_none(content: object) -> None:
    body = json.dumps({"choices": [{"logprobs": {"content": content}}]})
    share = yes_share(body)
    assert share is None or 0.0 <= share <= 1.0
    assert isinstance(is_offered(body), bool)


def says_yes(asked: Asked) -> Said | None:
    return Said("Yes", yes=0.75) if asked.body.get("logprobs") else Said("Yes")


def test_a_yes_or_no_is_asked_with_one_short_call_and_counted() -> None:
    model, endpoint, _ = a_grader(says_yes)
    call = Call()
    assert model.yes_no(QUESTION, call) == pytest.approx(0.75)
    [asked] = endpoint.asked
    assert asked.body["top_logprobs"] == 20 and asked.body["max_tokens"] <= 4
    assert call.meter.total.calls == 1


@pytest.mark.parametrize("told", ["top_logprobs must be at most 5", "Unknown parameter: 'top_logprobs'"])
def test_a_server_that_takes_fewer_alternatives_is_asked_for_fewer(told: str) -> None:
    def few(asked: Asked) -> Said | None:
        return Said(told, 400) if asked.body.get("top_logprobs", 0) > 5 else says_yes(asked)

    model, endpoint, _ = a_grader(few)
    for _ in range(2):
        assert model.yes_no(QUESTION, Call()) == pytest.approx(0.75)
    assert [asked.body["top_logprobs"] for asked in endpoint.asked] == [20, 5, 5]


def test_a_server_that_tells_them_only_as_llama_cpp_did_is_asked_so() -> None:
    told: dict[str, Any] = {"choices": [{"message": {"content": "yes"}}]}
    told["completion_probabilities"] = [
        {"probs": [{"tok_str": "yes", "prob": 0.6}, {"tok_str": "no", "prob": 0.2}]}
    ]

    def old(asked: Asked) -> Said:
        return Said(raw=json.dumps(told)) if "n_probs" in asked.body else Said("yes")

    model, _, _ = a_grader(old)
    assert model.yes_no(QUESTION, Call()) == pytest.approx(0.75)


def test_a_server_without_them_is_asked_each_way_once_and_not_again() -> None:
    model, endpoint, _ = a_grader(lambda asked: Said("Yes"))
    assert model.yes_no(QUESTION, Call()) is None
    assert model.yes_no(QUESTION, Call()) is None
    assert len(endpoint.asked) == len(LIKELIHOODS)


def test_a_server_that_rejects_them_is_not_asked_again() -> None:
    def rejects(asked: Asked) -> Said | None:
        names = [name for name in ("logprobs", "n_probs") if name in asked.body]
        return Said(f"unknown field {names[0]}", 422) if names else Said("Yes")

    model, endpoint, _ = a_grader(rejects)
    assert model.yes_no(QUESTION, Call()) is None
    assert model.yes_no(QUESTION, Call()) is None
    assert len(endpoint.asked) == len(LIKELIHOODS)


def test_a_question_that_is_rejected_for_another_reason_is_told_and_nothing_is_learnt() -> None:
    model, _, _ = a_grader(status(400, "the prompt is too long"))
    with pytest.raises(ChatError, match="too long"):
        model.yes_no(QUESTION, Call())
    assert model.habits.dropped == frozenset()


@pytest.mark.parametrize(
    ("behaviour", "kind"), [(refuses, "refused"), (status(401), "key"), (status(503), "unreachable")]
)
def test_a_yes_or_no_that_fails_says_why(behaviour: Any, kind: str) -> None:
    model, _, _ = a_grader(behaviour)
    with pytest.raises(ChatError) as caught:
        model.yes_no(QUESTION, Call())
    assert caught.value.kind == kind


def test_a_judges_yes_is_kept_by_content_and_an_interviewers_is_not() -> None:
    for purpose, asked in (("judge", 1), ("interviewer", 2)):
        model, endpoint, _ = a_grader(says_yes, cache=MemoryCache())
        for _ in range(2):
            assert model.yes_no(QUESTION, Call(purpose=purpose)) == pytest.approx(0.75)  # type: ignore[arg-type]
        assert len(endpoint.asked) == asked
