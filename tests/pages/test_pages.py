"""Every page on an empty database, with a result, and with a database that cannot be opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.domain import RehearseError
from data.settings import PROJECT_ROOT, load_settings
from data.store import Session
from pages.widgets import resources
from tests.stored import open_store, shipped_questions

PAGES = sorted(path.name for path in (PROJECT_ROOT / "pages").glob("*.py") if not path.name.startswith("__"))


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    environ = {"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}
    questions = shipped_questions()
    settings = load_settings(environ, tmp_path / "none.toml")
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "questions", lambda: questions)
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    yield opened
    opened.database.close()


def opened(name: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / name), default_timeout=30).run()
    assert not page.exception
    return page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_renders_on_an_empty_database(session: Session, name: str) -> None:
    page = opened(name)
    assert page.title
    assert not page.error


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_to_do_when_the_database_is_locked(
    session: Session, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked() -> Session:
        raise RehearseError("The database is in use.", "Close the other Rehearse.")

    monkeypatch.setattr(resources, "session", locked)
    page = opened(name)
    assert [error.value for error in page.error] in ([], ["Close the other Rehearse."])
