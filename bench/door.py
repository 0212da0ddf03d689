"""What the door to language models adds to one call, against bare httpx to the same server on loopback."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from statistics import median

import httpx2
from pydantic import BaseModel

from analysis.llm.chat_model import Call, ChatModel, Message

CALLS = 300
WARM = 20
REPLY = {"choices": [{"index": 0, "finish_reason": "stop", "message": {"content": '{"ok": true}'}}]}
EVENT = {"choices": [{"index": 0, "delta": {"content": "word "}, "finish_reason": None}]}
END = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
EVENTS = "".join(f"data: {json.dumps(one)}\n\n" for one in (*[EVENT] * 20, END)) + "data: [DONE]\n\n"


class Verdict(BaseModel):
    """What is asked for."""

    ok: bool


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self) -> None:  # noqa: N802
        """The same reply at once, in pieces when it is asked for so."""
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        body = (EVENTS if asked.get("stream") else json.dumps(REPLY)).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


def _serve(told: Connection) -> None:
    server = _Server(("127.0.0.1", 0), _Handler)
    told.send(server.server_port)
    server.serve_forever()


def _timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def main() -> None:
    """Print two rows: a validated reply, and a stream."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    try:
        base_url = f"http://127.0.0.1:{ours.recv()}/v1"
        _compare(base_url)
    finally:
        server.terminate()
        server.join()


def _compare(base_url: str) -> None:
    model, said = ChatModel(base_url, "key", "m"), [Message("user", "Is it so? " * 200)]
    sent = {"model": "m", "messages": [{"role": "user", "content": said[0].text}]}
    with httpx2.Client() as bare:

        def whole() -> object:
            answer = bare.post(f"{base_url}/chat/completions", json=sent).json()
            return Verdict.model_validate_json(answer["choices"][0]["message"]["content"])

        def pieces() -> object:
            with bare.stream("POST", f"{base_url}/chat/completions", json={**sent, "stream": True}) as answer:
                return list(answer.iter_lines())

        _row("A question to a language model", lambda: model.ask(said, Verdict, Call()), whole)
        _row("A reply in 20 pieces", lambda: list(model.stream(said, Call())), pieces)


def _row(what: str, door: Callable[[], object], bare: Callable[[], object]) -> None:
    """Turn by turn, so that both meet the same machine."""
    taken = [(_timed(door), _timed(bare)) for _ in range(WARM + CALLS)][WARM:]
    ours, floor = (median(one) * 1000 for one in zip(*taken, strict=True))
    print(
        f"| {what} on loopback, the door's share (median of {CALLS}) | {ours:.2f} ms, {ours - floor:.2f} ms "
        f"more | bare httpx {floor:.2f} ms | {ours / floor:.2f} |"
    )


if __name__ == "__main__":
    main()
