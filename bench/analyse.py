"""A recording analysed as `python -m analysis.analyse` does it: CPU by part, memory over time.

`python -m bench.analyse --seconds 900`: the floor decodes every picture with PyAV, runs bare MediaPipe on
those that we analyse and bare faster-whisper with its voice activity detection on the sound, all in the same
run.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

import av

from analysis import media
from analysis.answering.from_recording import hear, watch
from analysis.media.writer import add_audio, add_video
from analysis.speech.chain import local_whisper
from analysis.speech.configured_engine import make_transcriber
from analysis.speech.transcribe import Transcriber
from bench.capture import row as printed
from bench.capture import rss_megabytes
from bench.live_answer import AUDIO_HZ, FPS, PACKET_SECONDS, picture_at, sound_at
from bench.speech import bare
from bench.vision import bare_detector
from data.settings import load_settings

ALLOWED = 0.25
"""CPU seconds a second of video."""
FLOOR_SECONDS = 30.0


def film(path: Path, seconds: float) -> Path:
    """A swaying face at 640x480@30 that speaks, in the recorder's own format."""
    with av.open(str(path), "w", format="mp4") as container:
        video, audio = add_video(container, 640, 480, Fraction(1, 90_000)), add_audio(container, AUDIO_HZ)
        packet = 0
        for index in range(round(seconds * FPS)):
            container.mux(video.encode(picture_at(index)))
            while packet * PACKET_SECONDS < (index + 1) / FPS:
                container.mux(audio.encode(sound_at(packet)))
                packet += 1
        container.mux(video.encode(None))
        container.mux(audio.encode(None))
    return path


def cpu_of(work: Callable[[], object], seconds: float) -> float:
    """CPU seconds that `work` takes for each of `seconds`."""
    began = time.process_time()
    work()
    return (time.process_time() - began) / seconds


def bare_decoding(path: Path) -> None:
    """Every picture, without a look at it."""
    with av.open(str(path)) as container:
        for _ in container.decode(video=0):
            pass


def bare_vision(path: Path, frames_per_second: float) -> float:
    """CPU seconds a second of bare MediaPipe on the pictures that we would analyse."""
    pictures = list(media.read_frames(path, frames_per_second))
    look, close = bare_detector()
    spent = cpu_of(lambda: [look(rgb, seconds) for seconds, rgb in pictures], pictures[-1][0])
    close()
    return spent


def remembered(done: threading.Event, memory: list[float]) -> None:
    """Note the memory of this process once a second."""
    while not done.wait(1.0):
        memory.append(rss_megabytes())


@dataclass(frozen=True)
class Cost:
    """CPU seconds a second of video."""

    vision: float
    words: float

    @property
    def total(self) -> float:
        """Both."""
        return self.vision + self.words


def floor(folder: Path, transcriber: Transcriber, rate: float) -> Cost:
    """What the parts cost bare; ours are warmed up on the way."""
    short = film(folder / "short.mp4", FLOOR_SECONDS)
    sound, engine = media.read_audio(short), local_whisper()
    bare(engine, sound[:32_000]), hear(short, transcriber), watch(short, media.probe(short), rate)
    decoding = cpu_of(partial(bare_decoding, short), FLOOR_SECONDS)
    listening = cpu_of(partial(bare, engine, sound, voice_only=True), FLOOR_SECONDS)
    return Cost(decoding + bare_vision(short, rate), listening)


def main() -> None:
    """Print the rows of the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60.0, help="length of the recording")
    seconds = options.parse_args().seconds
    settings = load_settings(os.environ)
    transcriber, rate = make_transcriber(settings), settings.frames_per_second
    with tempfile.TemporaryDirectory() as folder:
        least = floor(Path(folder), transcriber, rate)
        long = film(Path(folder) / "long.mp4", seconds)
        memory, done = [rss_megabytes()], threading.Event()
        watcher = threading.Thread(target=remembered, args=(done, memory))
        watcher.start()
        words = cpu_of(partial(hear, long, transcriber), seconds)
        ours = Cost(cpu_of(partial(watch, long, media.probe(long), rate), seconds), words)
        done.set()
        watcher.join()
    report(f"{seconds:.0f} s of 640x480@30 at {rate:g} frames a second", ours, least, memory)


def report(title: str, ours: Cost, least: Cost, memory: list[float]) -> None:
    """One line per figure: | what | figure | floor | ratio |."""
    row = partial(printed, bench="analyse")
    row(
        f"{title}, CPU seconds a second ({ALLOWED} wanted)", ours.total, least.total, ours.total / least.total
    )
    row(
        "of which face, body, decoding (floor: bare PyAV + bare MediaPipe)",
        ours.vision,
        least.vision,
        ours.vision / least.vision,
    )
    row(
        "of which words, pauses, fillers (floor: bare faster-whisper with VAD)",
        ours.words,
        least.words,
        ours.words / least.words,
    )
    row("memory, highest, MB", max(memory), "900 allowed")
    row("memory growth after the first quarter, MB", memory[-1] - memory[len(memory) // 4], "0")


if __name__ == "__main__":
    main()
