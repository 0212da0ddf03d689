"""Where a model's folder comes from, and every way in which it can fail to."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import pytest

from analysis.speech.chain import local_whisper
from analysis.speech.models import choose_model, chosen_model, download_model, installed, packaged_folder
from data.domain import RehearseError
from data.speech_weights import BASE, MODELS, SMALL_EN, ModelFile, SpeechModel

CONTENT = b"weights" * 1000
FILES = ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")
TOY = SpeechModel(
    "toy.en",
    "English",
    1,
    "somebody/toy",
    "0123456789abcdef",
    "MIT",
    tuple(ModelFile(name, hashlib.sha256(CONTENT).hexdigest()) for name in FILES),
)


def fetched(address: str) -> Iterator[bytes]:
    yield CONTENT[:3000]
    yield CONTENT[3000:]


def quiet(seen: int, whole: int) -> None:
    return


def nothing_left(folder: Path) -> bool:
    return not folder.exists() or [path for path in folder.iterdir() if path.is_dir()] == []


def test_a_download_is_checked_counted_and_put_in_place(tmp_path: Path) -> None:
    asked: list[str] = []
    seen: list[tuple[int, int]] = []

    def fetch(address: str) -> Iterator[bytes]:
        asked.append(address)
        return fetched(address)

    folder = download_model(TOY, lambda *counts: seen.append(counts), tmp_path, fetch, "https://hub.test")
    assert asked[0] == "https://hub.test/somebody/toy/resolve/0123456789abcdef/model.bin"
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert seen[-1] == (4 * len(CONTENT), 1_000_000)
    assert installed(TOY, tmp_path)
    download_model(TOY, quiet, tmp_path, fetch)
    assert len(asked) == 4


def test_a_machine_without_the_hub_says_that_the_network_is_needed(tmp_path: Path) -> None:
    def unreachable(address: str) -> Iterator[bytes]:
        yield CONTENT[:10]
        raise OSError("Name or service not known")

    with pytest.raises(RehearseError) as caught:
        download_model(TOY, quiet, tmp_path, unreachable, "https://hub.test")
    assert "could not be fetched from hub.test" in caught.value.message
    assert "needs the internet" in caught.value.remedy
    assert "STT_MODEL_DIR" in caught.value.remedy
    assert nothing_left(tmp_path)


def test_a_file_with_another_fingerprint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match="damaged or a different version"):
        download_model(TOY, quiet, tmp_path, lambda _: iter([b"something else"]))
    assert nothing_left(tmp_path)


def test_a_disk_that_is_too_small_is_told_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 1))
    with pytest.raises(RehearseError) as caught:
        download_model(TOY, quiet, tmp_path, lambda _: pytest.fail("asked the network"))
    assert "disk is full" in caught.value.message
    assert "Free about 21 MB" in caught.value.remedy


def test_a_disk_that_fills_up_leaves_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(out: IO[Any]) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RehearseError, match="No space left"):
        download_model(TOY, quiet, tmp_path, fetched)
    assert nothing_left(tmp_path)


def test_without_a_model_the_engine_is_not_ready_and_says_what_to_do(tmp_path: Path) -> None:
    missing = local_whisper(TOY, tmp_path)
    assert not missing.readiness().ready
    with pytest.raises(RehearseError, match="Download it in Settings"):
        packaged_folder(TOY, tmp_path)


def test_a_package_with_other_bytes_is_refused(tmp_path: Path) -> None:
    first = replace(BASE.files[1].parts[0], sha256="0" * 64)
    damaged = replace(BASE, files=(replace(BASE.files[1], parts=(first,)),))
    with pytest.raises(RehearseError, match="damaged or a different version"):
        packaged_folder(damaged, tmp_path)
    assert nothing_left(tmp_path)


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    engine = local_whisper(model_dir=tmp_path)
    assert "lacks model.bin" in engine.readiness().reason


def test_the_chosen_model_is_used_while_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MODELS, TOY.name, TOY)
    assert chosen_model(tmp_path) is BASE
    choose_model(TOY, tmp_path)
    assert chosen_model(tmp_path) is BASE
    download_model(TOY, quiet, tmp_path, fetched)
    assert chosen_model(tmp_path) is TOY
    assert local_whisper(models_dir=tmp_path).name == "faster-whisper toy.en"


def test_every_offered_file_has_a_fingerprint_to_be_checked_against() -> None:
    assert SMALL_EN in MODELS.values()
    assert all(len(file.sha256 or "") == 64 for model in MODELS.values() for file in model.files)
    assert all(len(model.revision) == 40 for model in MODELS.values())
