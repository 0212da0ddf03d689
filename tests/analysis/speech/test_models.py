"""Which speech model is used, and every way in which its folder can fail to be there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.models.fetching import fetch
from analysis.speech import models
from analysis.speech.chain import local_whisper
from analysis.speech.models import choose_model, chosen_model, default_model, model_folder
from data.domain import RehearseError
from data.model_table import Model, Packages
from tests.scripted_sources import Scripted, toy

TOY = replace(toy(), purpose="speech")


def test_without_a_model_the_engine_is_not_ready_and_says_what_to_do(tmp_path: Path) -> None:
    missing = local_whisper(TOY, tmp_path)
    assert not missing.readiness().ready
    assert "install it in Settings" in missing.readiness().reason
    with pytest.raises(RehearseError, match=r"toy is not on this machine\. Install it in Settings"):
        model_folder(TOY, tmp_path)


def installed_package(folder: Path, monkeypatch: pytest.MonkeyPatch, notes: bytes) -> Model:
    """A model whose one file lies in a package that is installed here."""
    (folder / "toy_part1").mkdir(parents=True)
    (folder / "toy_part1" / "__init__.py").write_text("raise SystemExit('never imported')")
    (folder / "toy_part1" / "notes.txt").write_bytes(notes)
    monkeypatch.syspath_prepend(str(folder))
    packages = TOY.sources[0]
    assert isinstance(packages, Packages)
    carried = Packages({"notes.txt": packages.files["notes.txt"]})
    return replace(TOY, files=TOY.files[:1], sources=(carried,), folder=folder.name)


def test_an_installed_package_is_put_together_without_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = installed_package(tmp_path / "site", monkeypatch, b"read me")
    assert local_whisper(model, tmp_path / "models").readiness().ready
    folder = model_folder(model, tmp_path / "models")
    assert (folder / "notes.txt").read_bytes() == b"read me"
    assert model_folder(model, tmp_path / "models") == folder


def test_an_installed_package_with_other_bytes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = installed_package(tmp_path / "other", monkeypatch, b"other")
    with pytest.raises(RehearseError, match="damaged or a different version"):
        model_folder(model, tmp_path / "models")


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    engine = local_whisper(model_dir=tmp_path)
    assert "lacks model.bin" in engine.readiness().reason


def test_the_chosen_model_is_used_while_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "models_for", lambda _: (default_model(), TOY))
    assert chosen_model(tmp_path) is default_model()
    choose_model(TOY, tmp_path)
    assert chosen_model(tmp_path) is default_model()
    fetch(TOY, lambda here, whole: None, tmp_path, network=Scripted().network)
    assert chosen_model(tmp_path) is TOY
    assert local_whisper(models_dir=tmp_path).name == "faster-whisper toy"
