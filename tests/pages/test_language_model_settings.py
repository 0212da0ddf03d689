"""A model is looked for, chosen, tried out and let go of on the Settings page, by whoever may."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from analysis.llm import discovery
from analysis.llm.spending import WHOLE_SERVER, Spending
from data.access import LOCAL, Viewer
from data.language_model import LanguageModel, connect, connected
from data.settings import PROJECT_ROOT, Settings, load_settings
from pages.widgets import resources
from pages.widgets.settings import export_everything
from tests.drawn_text import as_read
from tests.fake_endpoint import FakeEndpoint
from tests.stored import open_store

KEY = "sk-never-to-be-seen"
CHOSEN = LanguageModel("address", "small", "https://ada:hunter2@llm.example/v1", KEY)
Configure = Callable[..., Settings]


@pytest.fixture
def configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Configure]:
    opened = open_store(tmp_path)
    here = {
        "LANGUAGE_MODEL_FILE": str(tmp_path / "language_model.json"),
        "RECORDINGS_URL": (tmp_path / "recordings").as_uri(),
    }

    def with_settings(**given: str) -> Settings:
        settings = load_settings({**here, **given}, tmp_path / "none.toml")
        monkeypatch.setattr(resources, "settings", lambda: settings)
        return settings

    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    resources.interviews.clear()
    with_settings()
    yield with_settings
    opened.database.close()


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEndpoint]:
    """A program on this computer with two models, where the page looks for one."""
    scripted = FakeEndpoint(models=("first", "second"), key="")
    with scripted.serve(0) as url:
        monkeypatch.setattr(discovery, "PLACES", (("Ollama", url),))
        yield scripted


def page() -> AppTest:
    return shown(AppTest.from_file(str(PROJECT_ROOT / "pages" / "settings.py"), default_timeout=60).run())


def shown(drawn: AppTest) -> AppTest:
    assert not drawn.exception
    return drawn


def text(drawn: AppTest) -> str:
    parts = (*drawn.markdown, *drawn.caption, *drawn.info, *drawn.warning, *drawn.error)
    return as_read("\n".join(f"{getattr(one.proto, 'title', '')} {one.value}" for one in parts)).replace(
        "**", ""
    )


def button(drawn: AppTest, label: str) -> Button:
    return next(one for one in drawn.button if one.label == label)


def has(drawn: AppTest, label: str) -> bool:
    return any(one.label == label for one in drawn.button)


def until(drawn: AppTest, said: str) -> AppTest:
    """Draw it again until it says so, as its own clock would."""
    deadline = time.monotonic() + 30
    while said not in text(drawn):
        assert time.monotonic() < deadline, text(drawn)
        time.sleep(0.01)
        drawn = shown(drawn.run())
    return drawn


def test_without_a_model_the_page_says_what_one_would_add_and_how_to_get_it(configure: Configure) -> None:
    drawn = page()
    assert "No language model is connected." in text(drawn)
    assert "Ollama (11434), LM Studio (1234), llama.cpp (8080), vLLM (8000)" in text(drawn)
    assert has(drawn, "Look") and not has(drawn, "Test") and not has(drawn, "Disconnect")


@pytest.mark.slow
def test_a_model_found_on_this_computer_is_used_with_one_press(
    configure: Configure, endpoint: FakeEndpoint
) -> None:
    settings = configure()
    drawn = until(shown(button(page(), "Look").click().run()), "Ollama")
    chosen = next(box for box in drawn.selectbox if box.label == "Model")
    assert chosen.options == ["first", "second"]
    drawn = shown(button(shown(chosen.set_value("second").run()), "Use it").click().run())
    used = connected(settings)
    assert used is not None and (used.model, used.leaves) == ("second", False)
    assert "second · 127.0.0.1:" in text(drawn)
    assert endpoint.asked == []


def test_a_model_file_of_ones_own_is_used_where_it_lies(configure: Configure, tmp_path: Path) -> None:
    settings, file = configure(), tmp_path / "own.gguf"
    file.write_bytes(b"GGUF and more")
    drawn = page()
    way = next(one for one in drawn.button_group if one.label == "Where is the model?")
    drawn = shown(way.set_value("file").run())
    drawn = shown(button(drawn, "Use it").click().run())
    assert "No file is named" in text(drawn) and connected(settings) is None
    shown(drawn.text_input(key="language-model-file").input(str(file)).run())
    drawn = shown(button(drawn, "Use it").click().run())
    used = connected(settings)
    assert used is not None and (used.kind, used.file, used.leaves) == ("file", file, False)
    assert "own.gguf · this computer" in text(drawn) and "they do not leave it" in text(drawn)


def test_nothing_found_says_what_to_do(configure: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "PLACES", (("Ollama", "http://127.0.0.1:9/v1"),))
    until(shown(button(page(), "Look").click().run()), "No language model answered on this computer")


@pytest.mark.slow
def test_a_test_tells_each_step_and_what_it_cost_and_is_about_this_model_only(
    configure: Configure, endpoint: FakeEndpoint
) -> None:
    settings = configure()
    ((_, url),) = discovery.PLACES
    connect(settings, LOCAL, LanguageModel("address", "first", url))
    drawn = until(shown(button(page(), "Test").click().run()), "Reachable:")
    drawn = until(drawn, "Price:")
    assert "Structured output:" in text(drawn)
    connect(settings, LOCAL, LanguageModel("address", "second", url))
    assert "Reachable:" not in text(shown(drawn.run()))


def test_disconnecting_removes_the_key_and_says_so(configure: Configure) -> None:
    settings = configure()
    connect(settings, LOCAL, CHOSEN)
    drawn = page()
    assert "A key is kept" in text(drawn) and "small · llm.example" in text(drawn)
    drawn = shown(button(drawn, "Disconnect").click().run())
    assert "No language model is connected." in text(drawn)
    assert not settings.language_model_file.exists()


@pytest.mark.slow
def test_key_and_password_are_in_nothing_the_page_draws_and_nothing_that_is_exported(
    configure: Configure,
) -> None:
    connect(configure(), LOCAL, CHOSEN)
    drawn = page()
    everything = str(drawn) + text(drawn)
    archive = resources.archives().path("local", export_everything.archive())
    with zipfile.ZipFile(archive) as made:
        everything += "".join(made.read(name).decode("latin-1") for name in made.namelist())
    assert KEY not in everything and "hunter2" not in everything


@pytest.mark.parametrize("viewer", [Viewer("carl"), Viewer("ines", "instructor", frozenset({"c1"}))])
def test_who_may_not_choose_sees_which_model_is_used_and_nothing_to_press(
    configure: Configure, viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "viewer", lambda: viewer)
    assert "An administrator connects one" in text(page())
    connect(configure(), Viewer("ada", "admin"), CHOSEN)
    drawn = page()
    assert "small · llm.example" in text(drawn) and "since" in text(drawn)
    assert "A key is kept" not in text(drawn)
    for label in ("Look", "Test", "Disconnect", "List its models"):
        assert not has(drawn, label)


def test_an_administrator_chooses_for_everybody(
    configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "viewer", lambda: Viewer("ada", "admin"))
    assert has(page(), "Look")


def test_a_model_that_is_set_outside_is_named_and_can_be_tried_out_only(configure: Configure) -> None:
    connect(configure(), LOCAL, CHOSEN)
    configure(LLM_BASE_URL="http://127.0.0.1:9/v1", LLM_MODEL="outside", LLM_API_KEY=KEY)
    drawn = page()
    assert "outside · 127.0.0.1:9 on this computer" in text(drawn)
    assert "goes before anything chosen here" in text(drawn)
    assert has(drawn, "Test") and not has(drawn, "Disconnect") and not has(drawn, "Look")


def test_whether_its_levels_count_stands_with_the_model_and_only_who_chooses_may_examine_it(
    configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Not examined" not in text(page())
    connect(configure(), LOCAL, CHOSEN)
    drawn = page()
    assert "Not examined" in text(drawn) and has(drawn, "Examine this model")
    monkeypatch.setattr(resources, "viewer", lambda: Viewer("carl", "candidate"))
    drawn = page()
    assert "Not examined" in text(drawn) and not has(drawn, "Examine this model")


def test_a_choice_that_cannot_be_read_is_told_and_can_be_made_again(configure: Configure) -> None:
    configure().language_model_file.write_text("{")
    drawn = page()
    assert "cannot be read" in text(drawn) and has(drawn, "Look")


def test_an_address_without_encryption_is_warned_about(configure: Configure) -> None:
    connect(configure(), LOCAL, LanguageModel("address", "m", "http://llm.example/v1", KEY))
    assert "without encryption" in text(page())


def test_what_was_spent_is_shown_by_what_it_was_for(
    configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analysis.llm.usage import Price
    from pages.widgets.settings import language_model_spending

    spending = Spending(since=WHOLE_SERVER.since)
    spending.meter("judge").add(1000, 200, 3.0, Price(1.0, 4.0))
    monkeypatch.setattr(language_model_spending, "WHOLE_SERVER", spending)
    connect(configure(), LOCAL, CHOSEN)
    drawn = page()
    tables = "\n".join(one.value.to_string() for one in drawn.table)
    assert "Judging answers" in tables and "1,200" in tables and "$0.0018" in tables
