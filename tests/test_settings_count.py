"""Every line of the configuration table changes what the app does, not only what it reads.

For each setting: what can be seen from outside with the default, and with another value, must differ. What is
watched is the thing that acts (a request that is sent, a file that is made, an engine that is chosen).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import numpy as np
import pytest
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analysis.answering import uploaded
from analysis.batch.kinds import Means
from analysis.live import batches_running
from analysis.live.listening import start_listening
from analysis.live.round_keeping import RoundWorld
from analysis.llm.call import Call, Message
from analysis.llm.configured import chat_model_of
from analysis.speech.chain import Chain
from analysis.speech.configured_engine import make_transcriber
from analysis.speech.glossary import vocabulary_prompt
from analysis.speech.read_aloud import configured_reader
from data.configuration import SETTINGS
from data.domain import RehearseError
from data.domain.cohort import Identity
from data.front_door import Secrets
from data.language_model import connected
from data.questions import load_questions
from data.recordings import Recordings
from data.settings import Settings, load_settings
from data.store import Database
from pages.entrance import door, identity, json_log
from pages.widgets import resources, watched_from_outside
from pages.widgets.answer import camera
from tests.stored import attempt

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Run:
    """One start of the app: its environment, a folder of its own, and a server that notes what it is sent."""

    environ: Mapping[str, str]
    folder: Path
    server: Noting
    patch: pytest.MonkeyPatch

    @property
    def settings(self) -> Settings:
        return load_settings(self.environ, self.folder / "none.toml")


@dataclass
class Noting:
    """Answers nothing useful, and keeps what it was asked."""

    port: int = 0
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)


@contextmanager
def _noting() -> Iterator[Noting]:
    noted = Noting()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802
            body = self.rfile.read(int(self.headers["Content-Length"]))
            noted.asked.append((self.path, self.headers["Authorization"], body))
            self.send_response(200)
            self.send_header("Content-Type", "audio/mpeg")
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"sound")

        def log_message(self, *_arguments: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    noted.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield noted
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _made_files(run: Run) -> object:
    if run.settings.database_url.startswith("duckdb:"):
        Database.open(run.settings.database_url).close()
    return sorted(path.name for path in run.folder.rglob("*.duckdb"))


def _recorded(run: Run) -> object:
    return Recordings(run.settings.recordings_url, free_bytes_needed=1).new_recording("abc").parent.name


def _computed(run: Run) -> object:
    run.patch.setattr("analysis.batch.compute.DaskPool", lambda address: f"scheduler {address}")
    run.patch.setattr("analysis.batch.compute.on_processes", lambda workers: "here")
    means = Means(Recordings(run.folder.as_uri()), run.settings, lambda _, __: None)
    return batches_running.usual_compute("reanalyse", means)


def _metrics(run: Run) -> object:
    run.patch.setattr(resources, "settings", lambda: run.settings)
    with TestClient(Starlette(routes=[watched_from_outside.metrics_route])) as client:
        return client.get("/metrics", headers={"Authorization": "Bearer a-long-token"}).status_code


def _logged(run: Run) -> object:
    run.patch.setattr(json_log, "switch_on", lambda: None)
    for name, value in run.environ.items():
        run.patch.setenv(name, value)
    return door.logs_json()


def _drained(run: Run) -> object:
    run.patch.setattr(resources, "settings", lambda: run.settings)
    run.patch.setattr(watched_from_outside, "Draining", lambda longest, _: longest)
    return watched_from_outside.draining.__wrapped__()


def _questions(run: Run) -> object:
    return len(load_questions(run.settings.questions_path))


def _vocabulary(run: Run) -> object:
    for name, value in run.environ.items():
        run.patch.setenv(name, value)
    vocabulary_prompt.cache_clear()  # it is asked for again and again
    found = vocabulary_prompt()
    vocabulary_prompt.cache_clear()
    return found


class _Reply(BaseModel):
    word: str


def _asked_of_model(run: Run) -> object:
    """What a call puts on the wire: where to, with which key and body, and how long it waits."""
    model = connected(run.settings)
    if model is None:
        return None
    sent: list[object] = []

    def noted(request: httpx2.Request) -> httpx2.Response:
        waits = request.extensions["timeout"]["read"]
        sent.append((str(request.url), request.headers["authorization"], request.content, waits))
        return httpx2.Response(401, json={"error": {"message": "no"}})  # teaches nothing about the model

    chat_model = chat_model_of(model, run.settings, tries=1, transport=httpx2.MockTransport(noted))
    with pytest.raises(RehearseError):
        chat_model.ask([Message("user", "Say a word.")], _Reply, Call())
    return sent[0], chat_model.concurrency, chat_model.price


def _speech(run: Run) -> object:
    """The engines there are, and what the first of them sends."""
    engine = make_transcriber(run.settings)
    ready = (engine.name, engine.readiness())
    if not isinstance(engine, Chain) or not run.settings.stt_base_url:
        return ready
    with pytest.raises(RehearseError):
        engine._all[0].transcribe(np.zeros(16_000, np.float32), prompt=None)
    (path, key, body), *_ = run.server.asked
    return (*ready, path, key, run.settings.stt_model.encode() in body and run.settings.stt_model)


def _arrives_at(run: Run) -> object:
    run.patch.setattr(resources, "settings", lambda: run.settings)
    run.patch.setattr("analysis.live.model_arrivals.Arrivals", lambda models_dir: models_dir)
    resources.arrivals.clear()
    found = resources.arrivals()
    resources.arrivals.clear()
    return found


def _voice(run: Run) -> object:
    reader = configured_reader(run.settings)
    if reader is None:
        return None
    if run.settings.tts_base_url:
        reader("Hello.")
    return run.server.asked[-1:] or "elsewhere"


def _turn_judged(run: Run) -> object:
    run.patch.setattr(
        "analysis.live.round_keeping.end_of_turn", lambda: SimpleNamespace(probability="the sound")
    )
    nothing: Any = None
    return RoundWorld(nothing, nothing, run.settings, nothing, nothing, None).judge_turn


def _door(run: Run) -> object:
    run.patch.setattr("data.front_door.is_loopback", lambda _address: False)
    for name, value in run.environ.items():
        run.patch.setenv(name, value)
    try:
        return door._decide(Secrets())
    except RehearseError as refused:
        return refused.message


def _idle(run: Run) -> object:
    someone = Identity("i", "s", "Anna", "a@school.example", True, "key", datetime.now(UTC))
    asked: list[tuple[object, ...]] = []
    people = SimpleNamespace(viewer_of=lambda *given: asked.append(given))
    opened = SimpleNamespace(session=lambda _: SimpleNamespace(people=people))
    run.patch.setattr(identity, "is_needed", lambda: True)
    run.patch.setattr(identity, "of_session", lambda: someone)
    run.patch.setattr(resources, "settings", lambda: run.settings)
    run.patch.setattr(resources, "_database", lambda: opened)
    resources.forget_viewer()
    resources.viewer()
    resources.forget_viewer()
    return asked[0][1:]


def _ice(run: Run) -> object:
    run.patch.setattr(resources, "settings", lambda: run.settings)
    run.patch.setattr(resources, "candidate_id", lambda: "me")
    return [(one.urls, one.username, one.credential) for one in camera.servers()]


def _longest(run: Run) -> object:
    taken: list[float] = []

    def take_in(*_given: object, longest_seconds: float, **_named: object) -> None:
        taken.append(longest_seconds)
        raise RehearseError("Enough.")

    run.patch.setattr("analysis.answering.uploaded.media.take_in", take_in)
    recordings = Recordings(run.folder.as_uri(), free_bytes_needed=1)
    (run.folder / "a.mp4").write_bytes(b"film")
    world: Any = SimpleNamespace(recordings=recordings, settings=run.settings)
    with pytest.raises(RehearseError):
        uploaded.playable(world, replace(attempt(), recording="a.mp4"))
    return taken


def _ended(run: Run) -> object:
    """After how many days the server that opens the database begins to end recordings."""
    asked: list[float] = []
    run.patch.setattr(resources, "settings", lambda: run.settings)
    begun = {"answer_backups": bool, "publish_beside": bool}
    opened = SimpleNamespace(**begun, end_recordings=lambda _, days: asked.append(days))
    run.patch.setattr(Database, "open", lambda _: opened)
    getattr(resources._database, "__wrapped__")()  # noqa: B009 - what is cached, as Streamlit does not tell
    return asked


def _sampled(run: Run) -> object:
    live = start_listening(run.settings, video=True, off=frozenset())
    assert live.eyes is not None
    due = live.eyes.sampler._interval
    live.close()
    return due


_MODEL = {"LLM_BASE_URL": "http://model.test/v1", "LLM_API_KEY": "key"}
_KEYED = {"LLM_API_KEY": "", "OPENAI_API_KEY": "key"}
_HEARD = {"STT_BASE_URL": "http://127.0.0.1:{port}/v1", "STT_API_KEY": "key"}
_READ = {"TTS_BASE_URL": "http://127.0.0.1:{port}/v1", "TTS_API_KEY": "key"}
_TURN = {"TURN_URL": "turn:turn.example:3478"}

_WATCHED: dict[str, tuple[Callable[[Run], object], str, dict[str, str]]] = {
    "DATABASE_URL": (_made_files, "duckdb:///{folder}/another.duckdb", {}),
    "RECORDINGS_URL": (_recorded, "file://{folder}/other-recordings", {}),
    "COMPUTE": (_computed, "tcp://scheduler:8786", {}),
    "METRICS_TOKEN": (_metrics, "a-long-token", {}),
    "LOG_FORMAT": (_logged, "json", {}),
    "DRAIN_SECONDS": (_drained, "90", {}),
    "QUESTIONS": (_questions, "{folder}/mine.csv", {}),
    "GLOSSARY": (_vocabulary, "{folder}/terms.txt", {}),
    "LLM_BASE_URL": (_asked_of_model, "http://another.test/v1", {"LLM_API_KEY": "key"}),
    "LLM_API_KEY": (_asked_of_model, "another", {"LLM_BASE_URL": "http://model.test/v1"}),
    "OPENAI_API_KEY": (_asked_of_model, "another", {}),
    "OPENAI_BASE_URL": (_asked_of_model, "http://another.test/v1", _KEYED),
    "LLM_MODEL": (_asked_of_model, "another", _MODEL),
    "LLM_CONCURRENCY": (_asked_of_model, "7", _MODEL),
    "LLM_REPLY_TOKENS": (_asked_of_model, "777", _MODEL),
    "LLM_TIMEOUT": (_asked_of_model, "77", _MODEL),
    "LLM_PRICE_IN": (_asked_of_model, "7", _MODEL),
    "LLM_PRICE_OUT": (_asked_of_model, "7", _MODEL),
    "LANGUAGE_MODEL_FILE": (_asked_of_model, "{folder}/chosen.json", {}),
    "STT_MODEL_DIR": (_speech, "{folder}/my-whisper", {}),
    "MODELS_DIR": (_arrives_at, "{folder}/models", {}),
    "STT_BASE_URL": (_speech, "http://127.0.0.1:{port}/v1", {}),
    "STT_API_KEY": (_speech, "another", {"STT_BASE_URL": _HEARD["STT_BASE_URL"]}),
    "STT_MODEL": (_speech, "another", _HEARD),
    "END_OF_TURN": (_turn_judged, "model", {}),
    "TTS_BASE_URL": (_voice, "http://127.0.0.1:{port}/v1", {}),
    "TTS_API_KEY": (_voice, "another", {"TTS_BASE_URL": _READ["TTS_BASE_URL"]}),
    "TTS_MODEL": (_voice, "another", _READ),
    "TTS_VOICE": (_voice, "another", _READ),
    "ADMIN": (_door, "issuer anna", {"OPEN_WITHOUT_SIGN_IN": "practice.lan"}),
    "SIGN_IN_IDLE_HOURS": (_idle, "2", {}),
    "OPEN_WITHOUT_SIGN_IN": (_door, "practice.lan", {}),
    "ICE_SERVERS": (_ice, '[{{"urls": ["stun:stun.example:3478"]}}]', {}),
    "TURN_URL": (_ice, "turn:turn.example:3478", {}),
    "TURN_USERNAME": (_ice, "somebody", _TURN),
    "TURN_CREDENTIAL": (_ice, "secret", _TURN),
    "TURN_SECRET": (_ice, "shared", _TURN),
    "RECORDING_MINUTES": (_longest, "7", {}),
    "RECORDINGS_KEPT_DAYS": (_ended, "30", {}),
    "FRAMES_PER_SECOND": (_sampled, "7", {}),
}
"""What is watched, another value than the default, and what must be set besides for it to count."""


def test_something_is_watched_for_every_setting() -> None:
    assert {setting.name for setting in SETTINGS} == _WATCHED.keys()


@pytest.mark.parametrize("name", _WATCHED)
def test_a_setting_changes_what_the_app_does(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched, value, besides = _WATCHED[name]
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    seen = []
    for start, given in (("first", besides), ("again", besides), ("other", {**besides, name: value})):
        folder = tmp_path / start
        _prepare(folder)
        with _noting() as server, monkeypatch.context() as patch:
            filled = {key: text.format(folder=folder, port=server.port) for key, text in given.items()}
            seen.append(_without_place(watched(Run(filled, folder, server, patch)), folder, server))
    first, again, other = seen
    assert first == again != other


def _prepare(folder: Path) -> None:
    """What the other values name."""
    (folder / "my-whisper").mkdir(parents=True)
    (folder / "terms.txt").write_text("zookeeper ensemble\n")
    shipped = (Path(__file__).parent.parent / "questions.csv").read_text(encoding="utf-8").splitlines()
    (folder / "mine.csv").write_text("\n".join(shipped[:3]) + "\n", encoding="utf-8")
    (folder / "chosen.json").write_text(
        '{"kind": "address", "model": "m", "base_url": "http://chosen.test/v1", "api_key": "k", '
        '"file": null, "since": "2026-11-30T08:00:00+00:00", "price_in": null, "price_out": null}'
    )


def _without_place(found: object, folder: Path, server: Noting) -> str:
    """As text, without what differs from one start to the next by itself."""
    return repr(found).replace(str(folder), "FOLDER").replace(str(server.port), "PORT")
