"""Page tests start Streamlit's runtime once for every run of a page; this keeps that start short."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from data.settings import load_settings
from data.store import Session
from pages.widgets import resources
from tests.embedded_once import texts_are_embedded_once as texts_are_embedded_once
from tests.stored import open_store, shipped_questions


@pytest.fixture(scope="session", autouse=True)
def installed_components_are_looked_for_once() -> Iterator[None]:
    """What is installed stays the same while tests run, and looking through it takes longer than a page."""
    with pytest.MonkeyPatch.context() as patch:
        scan = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", functools.cache(scan))
        yield


@pytest.fixture(autouse=True)
def what_hangs_on_the_settings_is_made_anew() -> None:
    """The server makes these once; a test with other settings must not get those of the test before it."""
    for made_once in (
        resources.transcriber,
        resources._scorers,
        resources._chat_model,
    ):
        made_once.clear()


@pytest.fixture
def my_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A store of one candidate's, "me", as pages see it; a link to another page is drawn as text."""
    opened = open_store(tmp_path)
    bank = shipped_questions()
    settings = load_settings({"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}, tmp_path / "none.toml")
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "questions", lambda: bank)
    monkeypatch.setattr(resources, "candidate_id", lambda: "me")
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    yield opened
    opened.database.close()
