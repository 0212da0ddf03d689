"""Replies in pieces, as servers really send them: cut anywhere, sloppy, lying, torn, endless."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.llm.chat_errors import ChatError
from analysis.llm.completion import ToldError
from analysis.llm.event_stream import MOST_LINES, read_pieces, read_whole, spoken
from data.domain import RehearseError


def event(content: str = "", finish: str | None = None, **more: object) -> str:
    choice = {"index": 0, "delta": {"content": content, **more}, "finish_reason": finish}
    return f"data: {json.dumps({'choices': [choice]})}\n\n"


def text_of(body: str | Iterable[bytes]) -> str:
    blocks = [body.encode()] if isinstance(body, str) else body
    return "".join(piece.text for piece in read_pieces(blocks))


GOOD = (
    event("We ")
    + event("shard ")
    + event("it, na\u00efvely \U0001f600.")
    + event(finish="stop")
    + "data: [DONE]\n\n"
)
SAID = "We shard it, na\u00efvely \U0001f600."


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 100_000])
def test_words_are_whole_wherever_the_network_cuts(size: int) -> None:
    raw = GOOD.encode()
    assert text_of(raw[at : at + size] for at in range(0, len(raw), size)) == SAID


@pytest.mark.parametrize(
    "body",
    [
        GOOD.replace("data: [DONE]\n\n", ""),
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        GOOD.replace("\n\n", "\n"),
        GOOD.replace("data: ", "data:"),
        GOOD.replace("data: {", "event: message\nid: 7\nretry: 10\ndata: {"),
        "\ufeff" + GOOD,
        ": OPENROUTER PROCESSING\n\n" * 20 + GOOD,
        "\n\n\n" + GOOD,
        GOOD.replace("data: {", "data: ping\n\ndata: {", 1),
        GOOD.replace("data: ", "").replace("\n\n", "\n"),
        event("We shard it, ") + event("na\u00efvely \U0001f600.", "stop"),
        event(SAID) + "data: [DONE]",
        "".join(
            f"data: {line}\n"
            for line in json.dumps({"choices": [{"delta": {"content": SAID}}]}, indent=1).split("\n")
        )
        + "\n"
        + event(finish="stop"),
        GOOD + event("not after the end"),
    ],
)
def test_sloppy_events_are_read(body: str) -> None:
    assert text_of(body) == SAID


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"choices": [{"message": {"content": SAID}, "finish_reason": "stop"}]}),
        json.dumps({"choices": [{"message": {"content": SAID}, "finish_reason": "stop"}]}, indent=2),
        json.dumps({"choices": [{"text": SAID, "finish_reason": "stop"}]}),
        json.dumps({"message": {"content": [{"type": "text", "text": SAID}]}, "done": True}),
        json.dumps({"content": SAID, "stop": True}),
        json.dumps({"message": {"content": SAID}, "done": False}) + '\n{"done": true}\n',
        f"data: {json.dumps({'type': 'output_text.delta', 'delta': SAID})}\n\n{event(finish='stop')}",
    ],
)
def test_a_server_that_does_not_stream_or_in_its_own_way_is_read(body: str) -> None:
    assert text_of(body) == SAID


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\n\n",
        "<html>Bad gateway</html>",
        event("half a "),
        event("half a ") + 'data: {"choices": [{"delta": {"con',
        event("half a ") + 'data: {"choices": [nonsense]}\n\n' + event(finish="stop"),
        '{"choices": [{"message": {"content": "hal',
        "data: }\n" * (MOST_LINES + 2),
        "[1, 2]",
        "7",
    ],
)
def test_a_torn_stream_is_told_as_broken_off(body: str) -> None:
    with pytest.raises(ChatError, match="broke off"):
        text_of(body)


@pytest.mark.parametrize("line", ["data: ", "error: "])
def test_an_error_in_the_stream_is_an_error(line: str) -> None:
    with pytest.raises(ToldError, match="out of memory"):
        text_of(event("half a ") + line + '{"error": {"message": "out of memory", "code": 500}}\n\n')


def test_what_a_model_thinks_aloud_is_not_said() -> None:
    apart = event(reasoning_content="hm") + event("So.") + event(finish="stop")
    assert text_of(apart) == "So."
    for cut in (
        ["<think>hm", " hm</think>\n\nSo", "."],
        ["  <th", "ink>", "hm</th", "ink>So."],
        ["So", "."],
        ["<b>", "So"],
    ):
        whole = "".join(cut)
        said = whole.partition("</think>")[2].strip() if "</think>" in whole else whole
        assert "".join(spoken(cut)) == said
    assert "".join(spoken(["<think>never ", "ends"])) == ""
    assert "".join(spoken(["<", "3"])) == "<3"


def test_the_first_word_is_told_as_soon_as_it_is_there() -> None:
    said: list[str] = []

    def pieces() -> Iterable[str]:
        yield "We"
        assert said == ["We"]
        yield " shard"

    for piece in spoken(pieces()):
        said.append(piece)
    assert said == ["We", " shard"]


def test_a_whole_reply_is_read_from_a_server_that_streams_without_being_asked() -> None:
    used = 'data: {"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 4}}\n\n'
    found = read_whole(event('{"ok": ') + event("true}") + event(finish="length") + used + "data: [DONE]\n\n")
    assert found.texts == ('{"ok": true}',) and found.cut_off
    assert (found.prompt_tokens, found.completion_tokens) == (9, 4)


def test_a_refusal_in_a_piece_is_a_refusal() -> None:
    [piece, _] = read_pieces([(event(refusal="I cannot.") + event(finish="stop")).encode()])
    assert piece.refused
    [piece] = read_pieces([event(finish="content_filter").encode()])
    assert piece.refused


@given(
    body=st.text('{}[]":,\\ data\n\r<think>/DONE0', max_size=80)
    | st.lists(st.sampled_from([event("a"), event(finish="stop"), "data: ", "\n", '{"a": 1}', "[DONE]"])).map(
        "".join
    )
)
def test_any_stream_gives_text_or_an_error_in_plain_words(body: str) -> None:
    try:
        assert isinstance("".join(spoken(piece.text for piece in read_pieces([body.encode()]))), str)
    except RehearseError as error:
        assert error.message.isprintable()
    except ToldError as error:
        assert str(error).isprintable()
