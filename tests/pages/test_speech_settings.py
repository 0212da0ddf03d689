"""Settings and consent say where sound goes; a larger model is fetched only after a yes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.speech import models
from data.access import Viewer
from data.settings import PROJECT_ROOT, Settings, load_settings
from data.version import version
from pages.widgets import resources
from pages.widgets.plain import plain
from tests.drawn_text import as_read
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


def test_by_itself_no_sound_leaves_the_computer(configured: dict[str, str]) -> None:
    assert "no sound leaves it" in text(page("settings.py"))
    assert not any("is sent to" in box.label for box in page("practice.py").checkbox)


def test_an_endpoint_is_named_in_settings_and_in_what_is_agreed_to(configured: dict[str, str]) -> None:
    configured["STT_BASE_URL"] = "http://127.0.0.1:9/v1"
    assert "http://127.0.0.1:9/v1" in text(page("settings.py"))
    agreed = page("practice.py").checkbox[0]
    assert "sound of my answer is sent to http://127.0.0.1:9/v1" in as_read(agreed.label)
    assert not agreed.value


def test_a_yes_to_recording_is_not_a_yes_to_sending(configured: dict[str, str]) -> None:
    page("practice.py").checkbox[0].check().run()
    assert page("practice.py").checkbox[0].value
    configured["STT_API_KEY"] = "key"
    assert not page("practice.py").checkbox[0].value


def test_a_larger_model_needs_a_yes_and_says_what_to_do_without_a_network(
    configured: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def unreachable(address: str) -> Iterator[bytes]:
        asked.append(address)
        raise OSError("no route to host")
        yield b""

    monkeypatch.setattr(models, "fetch_blocks", unreachable)
    drawn = page("settings.py")
    drawn.radio[0].set_value("small.en").run()
    button = next(one for one in drawn.button if one.label == "Download and use it")
    assert button.disabled
    assert asked == []
    next(box for box in drawn.checkbox if "486 MB" in box.label).check().run()
    next(one for one in drawn.button if one.label == "Download and use it").click().run()
    assert len(asked) == 1
    assert "needs the internet" in drawn.error[0].value
    assert not drawn.exception


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
