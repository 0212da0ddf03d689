"""One live answer into the recorder: frames lost, sound against picture, CPU, memory over time.

`python -m bench.capture --seconds 900 --speed 10` plays 15 minutes ten times faster than they would arrive
(the CPU share is then reported as of real time). The sender's clocks run 100 ppm apart, stamps jump at 2^32.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from analysis import media
from analysis.media.writer import add_audio, add_video

FPS = 30
AUDIO_HZ = 48_000
PACKET_SECONDS = 0.02
MARK_EVERY_SECONDS = 10
PPM = 100e-6
WRAP = 2**32
STILLS = 60
BACKLOG = 30
"""Faster than real time, no more frames than this may wait: the speed then adapts to the machine."""


@dataclass(frozen=True)
class Arrival:
    """A frame as it would arrive from a browser."""

    seconds: float
    frame: Any
    is_video: bool


@cache
def stills() -> list[av.VideoFrame]:
    """Moving, grainy pictures of 640x480, and last a white one."""
    rows, columns = np.mgrid[0:480, 0:640]
    noise = np.random.default_rng(1)
    made = []
    for index in range(STILLS):
        shift = 40 * np.sin(2 * np.pi * index / STILLS)
        disc = (rows - 240) ** 2 + (columns - 320 - shift) ** 2 < 150**2
        grey = 60 + 40 * rows / 480 + np.where(disc, 60, 0) + noise.normal(0, 3, rows.shape)
        picture = np.repeat(np.clip(grey, 0, 160).astype(np.uint8)[..., None], 3, axis=2)
        made.append(picture)
    made.append(np.full((480, 640, 3), 255, np.uint8))
    return [av.VideoFrame.from_ndarray(picture, "rgb24").reformat(format="yuv420p") for picture in made]


def video_at(index: int) -> av.VideoFrame:
    """Frame `index`; white for the first tenth of a second of every mark."""
    marked = index % (MARK_EVERY_SECONDS * FPS) < 3
    source = stills()[STILLS if marked else index % STILLS]
    frame = av.VideoFrame(640, 480, "yuv420p")
    for plane, content in zip(frame.planes, source.planes, strict=True):
        plane.update(bytes(content))
    ticks = round(index / FPS * 90_000 * (1 + PPM)) + WRAP - 20 * 90_000
    frame.pts, frame.time_base = ticks % WRAP, Fraction(1, 90_000)
    return frame


@cache
def _sounds() -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]]:
    times = np.arange(round(PACKET_SECONDS * AUDIO_HZ)) / AUDIO_HZ
    loud = (12_000 * np.sin(2 * np.pi * 1_000 * times)).astype(np.int16)
    quiet = (150 * np.sin(2 * np.pi * 200 * times)).astype(np.int16)
    return np.repeat(quiet, 2)[None], np.repeat(loud, 2)[None]


def audio_at(index: int) -> av.AudioFrame:
    """Packet `index` of 20 ms, stereo as WebRTC decodes it; a beep for the first 100 ms of every mark."""
    marked = index * PACKET_SECONDS % MARK_EVERY_SECONDS < 0.1 - 1e-9
    frame = av.AudioFrame.from_ndarray(_sounds()[marked], format="s16", layout="stereo")
    frame.sample_rate, frame.time_base = AUDIO_HZ, Fraction(1, AUDIO_HZ)
    frame.pts = round(index * PACKET_SECONDS * AUDIO_HZ * (1 - PPM))
    return frame


def arrivals(seconds: float) -> Iterator[Arrival]:
    """Sound and pictures in the order of their arrival, with up to 15 ms of jitter."""
    jitter = np.random.default_rng(2)
    shown = 0
    for packet in range(round(seconds / PACKET_SECONDS)):
        now = packet * PACKET_SECONDS
        late = float(jitter.uniform(0, 0.015))
        yield Arrival(now + late, audio_at(packet), is_video=False)
        while shown / FPS < now + PACKET_SECONDS and shown < round(seconds * FPS):
            yield Arrival(max(now, shown / FPS) + late, video_at(shown), is_video=True)
            shown += 1


def rss_megabytes() -> float:
    """Resident memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu_of_source(seconds: float) -> float:
    """CPU seconds that making the frames takes: not the recorder's."""
    stills()
    began = time.process_time()
    for _ in arrivals(seconds):
        pass
    return time.process_time() - began


def cpu_of_bare_encoding(seconds: float, path: Path) -> float:
    """CPU seconds of the same frames through PyAV alone: same encoders, plain mp4, no thread, no clock."""
    pictures = [video_at(index) for index in range(round(seconds * FPS))]
    sounds = [audio_at(index) for index in range(round(seconds / PACKET_SECONDS))]
    began = time.process_time()
    with av.open(str(path), "w", format="mp4") as container:
        video, audio = add_video(container, 640, 480, Fraction(1, 90_000)), add_audio(container, AUDIO_HZ)
        video.codec_context.thread_count = 1
        for index, picture in enumerate(pictures):
            picture.pts = index * 3_000
            container.mux(video.encode(picture))
        for sound in sounds:
            container.mux(audio.encode(sound))
        container.mux(video.encode(None))
        container.mux(audio.encode(None))
    return time.process_time() - began


@dataclass(frozen=True)
class Run:
    """What one recording took. Memory in MB, once a second of wall time."""

    facts: media.RecordingFacts
    cpu_seconds: float
    heard_seconds: float
    close_seconds: float
    memory: list[float]


def record(path: Path, seconds: float, speed: float) -> Run:
    """Play `seconds` into a recorder, `speed` times faster than real time."""
    heard: list[int] = []
    memory: list[float] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(1.0):
            memory.append(rss_megabytes())

    watcher = threading.Thread(target=watch, daemon=True)
    recorder = media.Recorder(path, on_audio=lambda piece: heard.append(piece.size))
    watcher.start()
    shown, cpu, began = 0, time.process_time(), time.monotonic()
    for arrival in arrivals(seconds):
        time.sleep(max(0.0, began + arrival.seconds / speed - time.monotonic()))
        shown += arrival.is_video
        while speed > 1 and shown - recorder.status.video_frames > BACKLOG:
            time.sleep(0.002)
        write = recorder.write_video if arrival.is_video else recorder.write_audio
        write(arrival.frame, arrival.seconds)
    cpu = time.process_time() - cpu
    closing = time.monotonic()
    facts = recorder.close()
    closed = time.monotonic() - closing
    done.set()
    watcher.join()
    return Run(facts, cpu, sum(heard) / 16_000, closed, memory)


def offsets(path: Path) -> npt.NDArray[np.float64]:
    """Beep minus flash at each mark, seconds."""
    flashes: list[float] = []
    before = False
    for seconds, pixels in media.read_frames(path, 1000):
        white = bool(pixels[::40, ::40].mean() > 200)
        if white and not before:
            flashes.append(seconds)
        before = white
    beeps: list[float] = []
    for second in np.flatnonzero(np.abs(media.read_audio(path)) > 0.15) / 16_000:
        if not beeps or second - beeps[-1] > 1.0:
            beeps.append(float(second))
    heard = np.array(beeps)
    nearest = [heard[np.abs(heard - flash).argmin()] - flash for flash in flashes]
    return np.asarray(nearest, np.float64)


def main() -> None:
    """Print the rows of the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60.0, help="length of the answer")
    options.add_argument("--speed", type=float, default=1.0, help="how much faster than real time")
    given = options.parse_args()
    seconds, probe_seconds = given.seconds, min(20.0, given.seconds)
    with tempfile.TemporaryDirectory() as folder:
        source = cpu_of_source(probe_seconds) / probe_seconds
        floor = cpu_of_bare_encoding(probe_seconds, Path(folder) / "floor.mp4") / probe_seconds
        run = record(Path(folder) / "a.mp4", seconds, given.speed)
        apart = offsets(run.facts.path)
    report(seconds, run, run.cpu_seconds / seconds - source, floor, apart)


def report(seconds: float, run: Run, cpu: float, floor: float, apart: npt.NDArray[np.float64]) -> None:
    """One line per figure: | what | figure | floor | ratio |."""
    expected, facts, apart = round(seconds * FPS), run.facts, apart * 1000
    memory = run.memory or [rss_megabytes()]
    growth = memory[-1] - memory[len(memory) // 4]
    row(
        f"frames in the file of {seconds:.0f} s at 640x480@30",
        facts.frames,
        expected,
        facts.frames / expected,
    )
    row("frames dropped, sound packets dropped", f"{facts.dropped_video}, {facts.dropped_audio}", "0, 0")
    row("sound that live analysis heard, s", run.heard_seconds, seconds, run.heard_seconds / seconds)
    row(f"sound minus picture, worst of {apart.size} marks, ms", float(np.abs(apart).max()), "80 allowed")
    row("drift between first and last mark, ms", float(apart[-1] - apart[0]), "80 allowed")
    row("CPU, share of a core (floor: bare PyAV encode)", cpu, floor, cpu / floor)
    row("finishing the file, s", run.close_seconds, "1 allowed")
    row("memory of the process, highest, MB", max(memory), "900 allowed")
    row("memory growth after the first quarter, MB", growth, "0")


def row(
    what: str, figure: float | str, floor: float | str, ratio: float | None = None, bench: str = "capture"
) -> None:
    """Print one row."""
    cells = [text(figure), text(floor), "" if ratio is None else f"{ratio:.2f}"]
    print(f"| {bench}: {what} | {' | '.join(cells)} |", flush=True)


def text(value: float | str) -> str:
    """A figure in the table."""
    return f"{value:.3g}" if isinstance(value, float) else f"{value}"


if __name__ == "__main__":
    main()
