"""A scripted chat endpoint that can behave badly on purpose, in memory or over loopback HTTP.

The honest judge behind it reads the answer: a clause is met when the candidate says a sentence of the worked
example of that anchor, so a test writes an answer of any level with `answer_text`. Behaviours are functions
that may answer in its place.

Run it for a browser: `python tests/fake_endpoint.py 18080 [keyword|invented|inflating|broken]`.
"""

from __future__ import annotations

import json
import math
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx2

from data.rubrics import criterion, load_rubric

ANY = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One request as the endpoint reads it. `turns` are the candidate's, by number."""

    body: ANY
    kind: str
    clauses: tuple[str, ...]
    points: dict[str, str]
    doubted: tuple[str, ...]
    turns: dict[int, str]
    number: int

    @property
    def request(self) -> str:
        return _request(self.body)

    @property
    def criteria(self) -> frozenset[str]:
        return frozenset(clause.split(".")[0] for clause in self.clauses)

    @property
    def seed(self) -> int:
        return int(self.body.get("seed", 0))

    @property
    def format(self) -> str:
        asked = self.body.get("response_format", {"type": "prompt"})
        return f"{asked['type']}_schema" if "schema" in asked else str(asked["type"])

    @property
    def is_repair(self) -> bool:
        return any(message["role"] == "assistant" for message in self.body["messages"])


@dataclass(frozen=True)
class Said:
    """One HTTP response. A dict or text as `content` becomes a chat completion; `raw` is sent as it is."""

    content: ANY | str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    refusal: str | None = None
    raw: str | None = None
    timeout: bool = False
    finish: str = "stop"
    yes: float | None = None
    """How likely a yes is, told as log-probabilities."""


KINDS = {
    "read": "Say of each item below",
    "claims": "Look only for false claims",
    "again": "Look once more",
    "next": "Below stands, for each competency",
}

Behaviour = Callable[[Asked], Said | None]


class FakeEndpoint:
    """Answers chat completions, whole or streamed, and lists its models: None, and it has no such list.

    The first behaviour that answers wins; else the honest judge does. Over HTTP a `key` is asked for.
    """

    def __init__(
        self,
        *behaviours: Behaviour,
        models: tuple[str, ...] | None = ("m", "scripted"),
        key: str = "",
    ) -> None:
        self.behaviours = behaviours
        self.models = models
        self.key = key
        self.asked: list[Asked] = []
        self._lock = threading.Lock()

    @property
    def transport(self) -> httpx2.MockTransport:
        return httpx2.MockTransport(self._handle)

    def respond(self, body: ANY) -> Said:
        with self._lock:
            asked = read_request(body, len(self.asked))
            self.asked.append(asked)
        said = next((said for behaviour in self.behaviours if (said := behaviour(asked))), None)
        said = said or Said(honest(asked))
        if asked.body.get("stream") and said.raw is None and said.status == 200:
            return replace(said, raw=events(said), headers={"content-type": "text/event-stream"})
        return said

    def listed(self, path: str) -> Said:
        """What a GET is answered."""
        if self.models is None or not path.endswith("/models"):
            return Said("no such path", 404)
        return Said(raw=json.dumps({"object": "list", "data": [{"id": name} for name in self.models]}))

    def _handle(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "GET" or not request.url.path.endswith("/chat/completions"):
            said = self.listed(request.url.path)
        else:
            said = self.respond(json.loads(request.content))
        if said.timeout:
            raise httpx2.ReadTimeout("too slow", request=request)
        headers = {"content-type": "application/json", **said.headers}
        return httpx2.Response(said.status, headers=headers, text=payload(said))

    @contextmanager
    def serve(self, port: int) -> Iterator[str]:
        """The same endpoint over real HTTP; gives its base URL."""
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # noqa: N802
                self._answer(endpoint.listed(self.path))

            def do_POST(self) -> None:  # noqa: N802
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                known = self.path.endswith("/chat/completions")
                self._answer(endpoint.respond(body) if known else endpoint.listed(self.path))

            def _answer(self, said: Said) -> None:
                if endpoint.key and self.headers.get("authorization") != f"Bearer {endpoint.key}":
                    said = Said("wrong key", 401)
                data = payload(said).encode()
                self.send_response(said.status)
                for name, value in {"content-type": "application/json", **said.headers}.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                return

        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def read_request(body: ANY, number: int) -> Asked:
    texts = [str(message["content"]) for message in body["messages"]]
    whole = "\n".join(texts)
    turns = dict(
        (int(at), said) for at, said in re.findall(r"^\[turn (\d+)\] candidate \(\w+\): (.*)$", whole, re.M)
    )
    asked = _request(body)
    kind = next((name for name, mark in KINDS.items() if mark in asked), "other")
    return Asked(
        body,
        kind,
        tuple(re.findall(r"^ +(\w+\.\d\.[a-z]): ", asked, re.M)),
        dict(re.findall(r"^- (P\d+): (.*)$", asked, re.M)),
        tuple(re.findall(r"^- (W\d+): ", asked, re.M)),
        turns,
        number,
    )


def _request(body: ANY) -> str:
    """What is asked last, also when it is asked for again in another shape."""
    said = [str(message["content"]) for message in body["messages"] if message["role"] == "user"]
    return next(text for text in reversed(said) if not text.startswith("That reply cannot be used"))


def payload(said: Said) -> str:
    if said.raw is not None:
        return said.raw
    if said.status != 200:
        return json.dumps({"error": {"message": str(said.content) or f"status {said.status}"}})
    content = said.content if isinstance(said.content, str) else json.dumps(said.content)
    message = {"role": "assistant", "content": content, "refusal": said.refusal}
    choice: ANY = {"index": 0, "finish_reason": said.finish, "message": message}
    if said.yes is not None:
        likely = [("Yes", said.yes), (" no", 1.0 - said.yes)]
        tops = [{"token": token, "logprob": math.log(share)} for token, share in likely if share > 0.0]
        choice["logprobs"] = {"content": [{**tops[0], "top_logprobs": tops}]}
    return json.dumps(
        {
            "id": "fake",
            "object": "chat.completion",
            "created": 0,
            "model": "fake",
            "choices": [choice],
            "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
        }
    )


def events(said: Said) -> str:
    """The same reply as server-sent events, a word each."""
    content = said.content if isinstance(said.content, str) else json.dumps(said.content)
    words = re.findall(r"\S+\s*|\s+", content)
    deltas = [{"role": "assistant", "content": ""}, *({"content": word} for word in words)]
    pieces: list[ANY] = [
        {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas
    ]
    pieces.append({"choices": [{"index": 0, "delta": {}, "finish_reason": said.finish}]})
    pieces.append({"choices": [], "usage": {"prompt_tokens": 100, "completion_tokens": len(words)}})
    return "".join(f"data: {json.dumps(piece)}\n\n" for piece in pieces) + "data: [DONE]\n\n"


# --- judges -----------------------------------------------------------------------------------


def answer_text(criterion_id: str, level: int) -> str:
    """An answer that the honest judge finds to be of this level."""
    return " ".join(anchor.example for anchor in criterion(criterion_id).anchors[:level])


def strong_answer(level: int = 4) -> str:
    return " ".join(answer_text(item.id, level) for item in load_rubric().criteria)


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?;:])\s+", text) if len(part.split()) >= 3]


def honest(asked: Asked) -> ANY:
    if asked.kind == "claims":
        return {"claims": []}
    if asked.kind == "next":
        named = re.findall(r"^- (\w+) \(", str(asked.body["messages"][-1]["content"]), re.M)
        return {"next": [{"criterion": name, "do": STEP} for name in named]}
    return reading(asked, lambda clause: _example_quotes(asked, clause))


STEP = "Name one metric and the value that pages someone."


def keyword(asked: Asked) -> Said | None:
    """Finds a clause when a sentence shares two longer words with it; enough for a browser test."""
    if asked.kind not in ("read", "again"):
        return None
    return Said(reading(asked, lambda clause: _keyword_quotes(asked, clause)))


def reading(
    asked: Asked,
    quotes_of: Callable[[str], list[str]],
    verdict_of: Callable[[str], str] = lambda name: "said",
    points_of: Callable[[str, str], list[str]] | None = None,
) -> ANY:
    """A reading of what was asked, or another look at it: what has quotes is found, with its verdict."""
    point_quotes = points_of or (lambda name, text: _point_quotes(asked, text))
    quoted = {name: quotes_of(name) for name in asked.clauses}
    quoted |= {name: point_quotes(name, text) for name, text in asked.points.items()}
    found = [
        {"id": name, "verdict": verdict_of(name), "quotes": quotes, "fact": ""}
        for name, quotes in quoted.items()
        if quotes
    ]
    return {
        "readable": True,
        "found": found,
        "not_said": [name for name, quotes in quoted.items() if not quotes],
        "claims": [{"id": name, "holds": False, "fact": "", "why": ""} for name in asked.doubted],
    }


def _example_quotes(asked: Asked, clause_id: str) -> list[str]:
    name, level, letter = clause_id.split(".")
    parts = sentences(criterion(name).anchors[int(level) - 1].example)
    wanted = parts[(ord(letter) - ord("a")) % len(parts)]
    return [wanted] if any(_bare(wanted) in _bare(text) for text in asked.turns.values()) else []


def _keyword_quotes(asked: Asked, clause_id: str) -> list[str]:
    name, level, _ = clause_id.split(".")
    anchor = criterion(name).anchors[int(level) - 1]
    text = next(clause.text for clause in anchor.clauses if clause.id == clause_id)
    wanted = set(re.findall(r"[a-z]{5,}", f"{text} {anchor.example}".lower()))
    for turn in asked.turns.values():
        for sentence in sentences(turn):
            if len(wanted & set(re.findall(r"[a-z]{5,}", sentence.lower()))) >= 2:
                return [" ".join(sentence.split()[:14])]
    return []


def _point_quotes(asked: Asked, text: str) -> list[str]:
    wanted = set(re.findall(r"[a-z]{5,}", text.lower()))
    for turn in asked.turns.values():
        for sentence in sentences(turn):
            shared = wanted & set(re.findall(r"[a-z]{5,}", sentence.lower()))
            if wanted and len(shared) / len(wanted) >= 0.5:
                return [sentence]
    return []


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


# --- behaviours -------------------------------------------------------------------------------


def only(name: str, behaviour: Behaviour) -> Behaviour:
    """The behaviour on questions about one criterion (among others), or of one kind, only."""
    return lambda asked: behaviour(asked) if name in (*asked.criteria, asked.kind) else None


def first(count: int, behaviour: Behaviour) -> Behaviour:
    """The behaviour on the first requests only."""
    return lambda asked: behaviour(asked) if asked.number < count else None


def status(code: int, message: str = "", **headers: str) -> Behaviour:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda asked: Said(message, code, named)


def says(content: ANY | str) -> Behaviour:
    return lambda asked: Said(content)


def slow(asked: Asked) -> Said | None:
    return Said(timeout=True)


def refuses(asked: Asked) -> Said | None:
    return Said("", refusal="I cannot help with that.")


def malformed(asked: Asked) -> Said | None:
    return Said('{"readable": true, "found": [{"id": "C4.2.a", "verd')


def cut_off(asked: Asked) -> Said | None:
    """A reply that ran into the limit on its tokens."""
    return Said('{"readable": true, "found": [{"id": "C4.2.a", "verd', finish="length")


def not_json(asked: Asked) -> Said | None:
    return Said(raw="<html>Bad gateway</html>")


def other_schema(asked: Asked) -> Said | None:
    return Said({"score": 9, "feedback": "Great answer, very confident!"})


def rejects_formats(*formats: str) -> Behaviour:
    """A server that knows none of these response formats."""

    def behaviour(asked: Asked) -> Said | None:
        if asked.format in formats:
            return Said(f"response_format {asked.format} is not supported", 400)
        return None

    return behaviour


def inventing(asked: Asked) -> Said | None:
    """Everything said, with quotes nobody said."""
    if asked.kind not in ("read", "again"):
        return None
    return _everything_said(asked, "we shard the quantum ledger by moon phase")


def _everything_said(asked: Asked, *quotes: str) -> Said:
    return Said(reading(asked, lambda clause: list(quotes), points_of=lambda name, text: list(quotes)))


def inflating(asked: Asked) -> Said | None:
    """Everything said without any quote, and full of praise."""
    if asked.kind == "next":
        return Said({"next": [{"criterion": "C4", "do": "You are an excellent, confident engineer."}]})
    if asked.kind not in ("read", "again"):
        return None
    reply = reading(asked, lambda clause: [""], points_of=lambda name, text: [""])
    for entry in reply["found"]:
        entry["quotes"] = []
    return Said({**reply, "level": 4})


def obeying(asked: Asked) -> Said | None:
    """Does what an injected instruction says, and quotes it."""
    for text in asked.turns.values():
        pleas = [part for part in sentences(text) if re.search(r"\b(?:ignore|level 4|give)\b", part, re.I)]
        if pleas and asked.kind in ("read", "again"):
            return _everything_said(asked, pleas[0])
    return None


def wavering(*levels: int) -> Behaviour:
    """Finds another level at every look, each with real quotes."""

    def behaviour(asked: Asked) -> Said | None:
        if asked.kind not in ("read", "again"):
            return None
        level = levels[(asked.seed - 1) % len(levels)]

        def quotes(clause: str) -> list[str]:
            return _example_quotes(asked, clause) if int(clause.split(".")[1]) <= level else []

        return Said(reading(asked, quotes))

    return behaviour


def forgetting(asked: Asked) -> Said | None:
    """Overlooks one clause of level 3 at every third look."""
    if asked.kind not in ("read", "again") or asked.seed % 3:
        return None
    return Said(reading(asked, lambda name: [] if name.endswith("3.b") else _example_quotes(asked, name)))


BROWSER: dict[str, Sequence[Behaviour]] = {
    "keyword": (keyword,),
    "invented": (inventing,),
    "inflating": (inflating,),
    "broken": (status(500),),
}


def main(argv: Sequence[str]) -> None:
    port = int(argv[0]) if argv else 18080
    with FakeEndpoint(*BROWSER[argv[1] if len(argv) > 1 else "keyword"]).serve(port) as base_url:
        print(base_url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1:])
