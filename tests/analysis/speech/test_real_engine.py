"""The shipped model on real sound: speech, silence, noise, and a live answer against its recording."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import weakref
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from analysis.media import read_audio
from analysis.speech import live_listener as listening
from analysis.speech.chain import local_whisper
from analysis.speech.configured_engine import make_transcriber
from analysis.speech.listen import listen
from analysis.speech.live_listener import LiveListener
from analysis.speech.models import default_model
from analysis.speech.transcribe import FILLER_PROMPT, RATE, Samples, Transcriber
from analysis.speech.weighed import Weighed
from data.domain import RehearseError
from data.settings import PROJECT_ROOT, Settings, load_settings
from tests import needs
from tests.media import speech_wav

pytestmark = pytest.mark.slow

BUGS = Path(__file__).parents[2] / "bugs"
TEXT = "We write to the primary database, and the load balancer sends reads to a replica."


def settings() -> Settings:
    return load_settings({}, Path("no such file"))


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    needs.installed(needs.VOICE)
    return read_audio(speech_wav(tmp_path_factory.mktemp("voice") / "said.wav", TEXT))


def test_the_shipped_model_hears_an_answer_with_times(speech: Samples) -> None:
    heard = listen(speech, make_transcriber(settings()))
    text = heard.transcript.text.lower()
    assert {"primary", "database", "replica"} <= set(text.replace(",", "").replace(".", "").split())
    assert all(word.start_seconds is not None for word in heard.transcript.words)
    assert heard.voiced
    assert heard.fillers == ()


@pytest.mark.parametrize("kind", ["silence", "noise", "tone", "music"])
def test_nothing_is_invented_where_nobody_speaks(kind: str) -> None:
    seconds = np.arange(5 * RATE) / RATE
    sound = {
        "silence": np.zeros(5 * RATE),
        "noise": np.random.default_rng(1).normal(0, 0.05, 5 * RATE),
        "tone": 0.3 * np.sin(2 * np.pi * 440 * seconds),
        "music": music(seconds),
    }[kind].astype(np.float32)
    heard = listen(sound, make_transcriber(settings()))
    assert heard.transcript.words == ()
    assert heard.notes


def music(seconds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Two chords a second, plucked, over a beat of noise."""
    within = seconds % 0.5
    chord = np.where(seconds // 0.5 % 2 == 0, 1.0, 1.5)
    tones = sum(np.sin(2 * np.pi * 220 * chord * ratio * seconds) for ratio in (1, 1.26, 1.5, 2))
    beat = np.random.default_rng(2).normal(0, 0.2, len(seconds)) * np.exp(-40 * within)
    return np.asarray(0.1 * tones * np.exp(-4 * within) + beat)


def test_another_language_is_named_and_no_english_is_invented(tmp_path: Path) -> None:
    (espeak,) = needs.installed(needs.VOICE)
    said = (
        "Zuerst frage ich, wie viele Anfragen in der Sekunde kommen, und wie schnell die Antwort sein muss."
    )
    subprocess.run([espeak, "-v", "de", "-w", str(tmp_path / "de.wav"), said], check=True)
    heard = listen(read_audio(tmp_path / "de.wav"), make_transcriber(settings()))
    assert heard.transcript.words == ()
    assert heard.fillers is None
    assert "German" in heard.notes[0]
    assert "type the answer" in heard.notes[0]


def test_english_with_an_accent_is_not_dropped_as_another_language() -> None:
    heard = listen(read_audio(BUGS / "english_called_japanese.wav"), make_transcriber(settings()))
    assert heard.transcript.language == "en"
    assert "queue between the two services" in heard.transcript.text
    assert "Japanese" not in " ".join(heard.notes)


def test_one_uh_drawn_out_is_not_counted_twenty_times() -> None:
    heard = listen(read_audio(BUGS / "filler_loop_uhuh.wav"), make_transcriber(settings()))
    begun = [filler.start_seconds for filler in heard.fillers or ()]
    assert len(begun) <= 6
    assert all(after - before >= 0.25 for before, after in pairwise(begun))
    assert "forced" in heard.transcript.text


def test_an_uh_that_the_model_leaves_out_of_its_words_is_counted(tmp_path: Path) -> None:
    needs.installed(needs.VOICE)
    said = speech_wav(tmp_path / "said.wav", "So my first idea was uh to split the data by country.")
    samples = read_audio(said)
    told = make_transcriber(settings()).transcribe(samples, prompt=FILLER_PROMPT)
    assert isinstance(told, Weighed)
    assert len(told.um_before) == len(told.words)
    assert not {"uh", "um"} & {word.text.lower().strip(",.") for word in told.words}
    (found,) = listen(samples, make_transcriber(settings())).fillers or ()
    assert 1.0 < found.start_seconds < 2.0


def test_a_letter_that_the_decoder_holds_on_to_is_not_among_the_words() -> None:
    heard = listen(read_audio(BUGS / "held_a_loop.wav"), make_transcriber(settings()))
    assert max(map(len, heard.transcript.text.split()), default=0) < 20
    assert "a-a-a" not in heard.transcript.text.lower()


def test_another_language_between_english_sentences_is_told_and_not_invented_as_english() -> None:
    heard = listen(read_audio(BUGS / "english_german_english.ogg"), make_transcriber(settings()))
    english = "I would put a cache in front of the database."
    # An engine may mishear a word where the languages meet; a sentence made up for the German has many.
    said, known = heard.transcript.text.split(), set(english.split())
    assert heard.transcript.text.count("I would put a cache in front") == 2
    assert len([word for word in said if word not in known]) <= 2
    assert "sounded like German" in heard.notes[0]


def test_telephone_sound_and_clipping_are_told_and_words_are_still_heard(speech: Samples) -> None:
    telephone = resampled(resampled(speech, 0.5), 2.0)
    heard = listen(telephone, make_transcriber(settings()))
    assert "telephone quality" in " ".join(heard.notes)
    assert "primary" in heard.transcript.text
    clipped = listen(np.clip(speech * 20, -1, 1), make_transcriber(settings()))
    assert "too loud" in " ".join(clipped.notes)
    assert not listen(speech, make_transcriber(settings())).notes


def resampled(samples: Samples, factor: float) -> Samples:
    """Another rate through the spectrum, so that nothing is left above the lower one's half."""
    size = round(len(samples) * factor)
    spectrum = np.fft.rfft(samples)[: size // 2 + 1]
    padded = np.zeros(size // 2 + 1, np.complex128)
    padded[: len(spectrum)] = spectrum
    return np.asarray(np.fft.irfft(padded, size) * factor, np.float32)


def test_a_live_answer_gives_the_words_of_its_recording(speech: Samples) -> None:
    listener = LiveListener(partial(make_transcriber, settings()))
    try:
        for start in range(0, len(speech), RATE // 5):
            listener.feed(speech[start : start + RATE // 5])
        live = listener.finish(300)
    finally:
        listener.close()
    assert live.transcript.text == listen(speech, make_transcriber(settings())).transcript.text


def test_a_killed_worker_is_replaced_and_loses_nothing(speech: Samples) -> None:
    listener = LiveListener(partial(make_transcriber, settings()))
    try:
        listener.feed(speech)
        os.kill(listener._process.pid or 0, signal.SIGKILL)
        heard = listener.finish(300)
    finally:
        listener.close()
    assert "database" in heard.transcript.text


IDLE = """
import os, sys, time
from pathlib import Path
from analysis.media import read_audio
from analysis.speech.chain import local_whisper
from analysis.speech.models import default_model
from analysis.speech.transcribe import LocalWhisper

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

speech = read_audio(Path(sys.argv[1]))
engine = LocalWhisper(local_whisper(default_model())._locate, "base", idle_seconds=0.5)
before = engine.transcribe(speech, prompt=None)
held = resident()
until = time.monotonic() + 60
while (engine.loaded or held - resident() < 60) and time.monotonic() < until:
    time.sleep(0.1)
freed = held - resident()
assert not engine.loaded
assert engine.transcribe(speech, prompt=None) == before
print(freed)
"""


def test_a_model_that_nobody_uses_gives_its_memory_back_and_loads_again(tmp_path: Path) -> None:
    sound = speech_wav(tmp_path / "said.wav", TEXT)
    script = [sys.executable, "-c", IDLE, str(sound)]
    done = subprocess.run(script, cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) > 60


def test_an_engine_that_nobody_holds_is_forgotten_at_once(speech: Samples) -> None:
    engine = local_whisper(default_model())
    engine.transcribe(speech, prompt=None)
    gone = weakref.ref(engine)
    del engine
    gc.collect()
    assert gone() is None


def test_a_worker_ends_with_its_answer(speech: Samples) -> None:
    listener = LiveListener(partial(make_transcriber, settings()))
    listener.feed(speech)
    listener.finish(300)
    worker = listener._process
    listener.close()
    assert not worker.is_alive()


class Refusing(BaseHTTPRequestHandler):
    """A speech server that answers every request with 401."""

    def do_POST(self) -> None:  # noqa: N802 - the library's name
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(401)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return


def test_a_server_that_refuses_hands_over_to_the_local_model_while_listening(speech: Samples) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/v1"
    endpoint = load_settings({"STT_BASE_URL": address, "STT_API_KEY": "wrong"}, Path("no such file"))
    listener = LiveListener(partial(make_transcriber, endpoint))
    try:
        listener.feed(speech)
        heard = listener.finish(300)
    finally:
        listener.close()
        server.shutdown()
        server.server_close()
    assert "database" in heard.transcript.text
    assert "refused the key (401)" in heard.notes[0]
    assert "faster-whisper base took over" in heard.notes[0]
    assert heard.transcript.engine == "faster-whisper base"


def test_a_worker_that_keeps_dying_is_reported(speech: Samples) -> None:
    listener = LiveListener(_dies)
    try:
        listener.feed(speech)
        with pytest.raises(RehearseError):
            listener.finish(300)
    finally:
        listener.close()
    assert listener._restarts == listening.RESTARTS


def _dies() -> Transcriber:
    os._exit(3)
