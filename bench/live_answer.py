"""Live answers as the app runs them, at real time: recorder, face and body detector, listener.

`python -m bench.live_answer --seconds 60 --answers 2`: the floor is bare MediaPipe on the analysed frames and
a bare encode of all frames, measured in the same run.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from analysis import media
from analysis.answering.from_recording import Observation
from analysis.live.listening import LiveAnswer, start_listening
from analysis.signals.watching import Watching
from analysis.speech.configured_engine import make_transcriber
from bench.capture import cpu_of_bare_encoding, rss_megabytes
from bench.capture import row as printed
from bench.vision import bare_detector
from data.domain import RehearseError, SignalFrame
from data.settings import Settings, load_settings
from tests.media import panned, speech_wav

FPS = 30
PACKET_SECONDS = 0.02
AUDIO_HZ = 48_000
SPOKEN = (
    "First I would ask how many requests per second the rate limiter must handle. Behind a load balancer, "
    "every node keeps a token bucket for each user in Redis. A small local cache saves a round trip. "
    "A replica takes over when the primary database is lost. "
)
MOST_LATE = 95


@cache
def pictures() -> list[av.VideoFrame]:
    """Four seconds of a swaying face as WebRTC decodes it."""
    return [
        av.VideoFrame.from_ndarray(image, "rgb24").reformat(format="yuv420p") for image in panned(4 * FPS)
    ]


@cache
def speech() -> npt.NDArray[np.int16]:
    """The answer spoken by espeak-ng, 48 kHz mono."""
    with tempfile.TemporaryDirectory() as folder:
        path = speech_wav(Path(folder) / "said.wav", SPOKEN)
        resampler = av.AudioResampler(format="s16", layout="mono", rate=AUDIO_HZ)
        with av.open(str(path)) as container:
            pieces = [one for frame in container.decode(audio=0) for one in resampler.resample(frame)]
    return np.concatenate([piece.to_ndarray()[0] for piece in pieces])


def picture_at(index: int) -> av.VideoFrame:
    """Frame `index` on its own clock."""
    source = pictures()[index % len(pictures())]
    frame = av.VideoFrame(640, 480, "yuv420p")
    for plane, content in zip(frame.planes, source.planes, strict=True):
        plane.update(bytes(content))
    frame.pts, frame.time_base = index * 3_000, Fraction(1, 90_000)
    return frame


def sound_at(index: int) -> av.AudioFrame:
    """Packet `index` of 20 ms."""
    size = round(PACKET_SECONDS * AUDIO_HZ)
    samples = np.take(speech(), range(index * size, (index + 1) * size), mode="wrap")
    frame = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
    frame.sample_rate, frame.time_base, frame.pts = AUDIO_HZ, Fraction(1, AUDIO_HZ), index * size
    return frame


@dataclass
class Candidate:
    """One answer being given."""

    live: LiveAnswer
    recorder: media.Recorder
    began: float = 0.0
    heard: int = 0
    delays: list[float] = field(default_factory=list)
    seen: Observation | None = None
    facts: media.RecordingFacts | None = None
    finish_seconds: float = 0.0


def candidate(settings: Settings, path: Path) -> Candidate:
    """Wire the taps as the app does; the delay from arrival to signal is noted beside them."""
    live = start_listening(settings, video=True, off=frozenset())
    one: Candidate

    def on_audio(samples: npt.NDArray[np.float32]) -> None:
        one.heard += samples.size
        live.on_audio(samples)

    one = Candidate(live, media.Recorder(path, on_audio=on_audio, on_video=live.on_video))
    assert live.eyes is not None
    live.eyes.sampler._detect = _timed(one, live.eyes.watching)  # noqa: SLF001 - a bench looks inside
    return one


def _timed(one: Candidate, watching: Watching) -> Callable[[Any, float], SignalFrame]:
    def measure(rgb: Any, seconds: float) -> SignalFrame:
        found = watching(rgb, seconds)
        one.delays.append(time.monotonic() - one.began - seconds)
        return found

    return measure


def play(one: Candidate, seconds: float, settings: Settings) -> None:
    """Send a whole answer at real time, then finish it as the app does."""
    one.began = time.monotonic()
    shown = 0
    for packet in range(round(seconds / PACKET_SECONDS)):
        now = packet * PACKET_SECONDS
        time.sleep(max(0.0, one.began + now - time.monotonic()))
        one.recorder.write_audio(sound_at(packet), one.began + now)
        while shown / FPS < now + PACKET_SECONDS and shown < round(seconds * FPS):
            one.recorder.write_video(picture_at(shown), one.began + shown / FPS)
            shown += 1
    ended = time.monotonic()
    one.facts = one.recorder.close()
    one.seen = one.live.finish(one.facts.path, make_transcriber(settings))
    one.finish_seconds = time.monotonic() - ended


def cpu_of_process(pid: int) -> float:
    """CPU seconds of one process so far; 0 when it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def proportional_megabytes(pid: int | str) -> float:
    """Memory of one process, with pages that several share divided among them; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


def children() -> Iterator[int]:
    """Processes this one has started: the listeners' workers."""
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # a thread may end between the two reads
            yield from (int(pid) for pid in (task / "children").read_text().split())


@dataclass
class Usage:
    """CPU seconds of this process and its workers, and memory every second."""

    own: float = 0.0
    workers: dict[int, float] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)
    together: list[float] = field(default_factory=list)

    def look(self) -> None:
        """Note where things stand."""
        self.own = time.process_time()
        listeners = list(children())
        self.workers |= {pid: max(cpu_of_process(pid), self.workers.get(pid, 0.0)) for pid in listeners}
        self.memory.append(rss_megabytes())
        everything: list[int | str] = ["self", *listeners]
        self.together.append(sum(proportional_megabytes(one) for one in everything))


def watched(done: threading.Event, usage: Usage) -> None:
    """Look once a second until it is over."""
    while not done.wait(1.0):
        usage.look()


def cpu_of_sources(seconds: float) -> float:
    """CPU seconds that making the frames takes: not ours."""
    pictures(), speech()
    began = time.process_time()
    for index in range(round(seconds * FPS)):
        picture_at(index)
    for index in range(round(seconds / PACKET_SECONDS)):
        sound_at(index)
    return time.process_time() - began


def cpu_of_bare_detection(frames: int) -> float:
    """CPU seconds of bare MediaPipe on as many frames."""
    images = panned(min(frames, 60))
    analyse, close = bare_detector()
    began = time.process_time()
    for index, image in enumerate(images):
        analyse(image, index * 0.2)
    spent = time.process_time() - began
    close()
    return spent * frames / len(images)


def main() -> None:
    """Print the rows of the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60.0, help="length of each answer")
    options.add_argument("--answers", type=int, default=1, help="how many candidates at once")
    given = options.parse_args()
    settings = load_settings(os.environ)
    probe = min(10.0, given.seconds)
    source = cpu_of_sources(probe) / probe
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        encode = cpu_of_bare_encoding(probe, folder / "floor.mp4") / probe
        detect = cpu_of_bare_detection(round(settings.frames_per_second * probe)) / probe
        everyone = [candidate(settings, folder / f"{index}.mp4") for index in range(given.answers)]
        usage, done, began = Usage(), threading.Event(), time.process_time()
        watcher = threading.Thread(target=watched, args=(done, usage))
        players = [threading.Thread(target=play, args=(one, given.seconds, settings)) for one in everyone]
        for thread in (watcher, *players):
            thread.start()
        for thread in players:
            thread.join()
        done.set()
        watcher.join()
        cpu = usage.own - began + sum(usage.workers.values())
        report(given.seconds, everyone, cpu / given.seconds / given.answers - source, encode + detect, usage)


def report(seconds: float, everyone: list[Candidate], cpu: float, floor: float, usage: Usage) -> None:
    """One line per figure: | what | figure | floor | ratio |; the worst of the candidates."""
    row = partial(printed, bench="live")
    finished = [(one, one.facts, one.seen) for one in everyone if one.facts and one.seen]
    if len(finished) < len(everyone):
        raise RehearseError("An answer was not finished.", "Look at the errors above.")
    expected = round(seconds * FPS)
    title = f"{len(everyone)} at once, {seconds:.0f} s of 640x480@30"
    frames = min(facts.frames for _, facts, _ in finished)
    heard = min(one.heard for one in everyone) / 16_000
    rate = min(len(seen.frames) for _, _, seen in finished) / seconds
    delays = np.concatenate([one.delays for one in everyone]) * 1000
    offset = max(abs(facts.av_offset_seconds or 0.0) for _, facts, _ in finished) * 1000
    memory = usage.memory
    row(f"{title}: frames in the file", frames, expected, frames / expected)
    row("sound that was heard, s", heard, seconds, heard / seconds)
    row("sound minus picture at the start, ms", offset, "80 allowed")
    row("frames analysed a second, each", rate, "4 wanted", rate / 4)
    row("from frame to signal, 95 %, ms", float(np.percentile(delays, MOST_LATE)), "300 allowed")
    row("CPU in cores, each, words included (floor: bare MediaPipe + bare encode)", cpu, floor, cpu / floor)
    row("memory at the most, server and listeners, shared pages once, MB", max(usage.together), "900 allowed")
    row("memory at the end, server alone, MB", memory[-1], "900 allowed")
    row("memory growth after the first quarter, MB", memory[-1] - memory[len(memory) // 4], "0")
    row("from finish to everything measured, s", max(one.finish_seconds for one in everyone), "10 allowed")
    row("words heard", min(len(seen.speech.transcript.words) for _, _, seen in finished), "")


if __name__ == "__main__":
    main()
