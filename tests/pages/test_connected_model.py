"""What every page asks of the connected language model follows a change at its next run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.live.interviews_under_way import Interviews
from data.domain import RehearseError
from data.language_model import LanguageModel
from data.settings import Settings, load_settings
from pages.widgets import resources
from tests.stored import open_store


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A server whose choice of model is kept in a folder of the test."""
    settings = load_settings(
        {"LANGUAGE_MODEL_FILE": str(tmp_path / "language_model.json")}, tmp_path / "none.toml"
    )
    opened = open_store(tmp_path)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "session", lambda: opened)
    resources.interviews.clear()
    yield settings
    interviews: Interviews = resources.interviews()
    interviews.close()
    resources.interviews.clear()
    opened.database.close()


def names() -> list[str]:
    return [scorer.name for scorer in resources.scorers()]


def versions() -> str:
    judge = resources.judge()
    return judge.version if judge else ""


def test_a_judge_and_the_chat_models_come_and_go_with_the_connection(server: Settings) -> None:
    assert (names(), resources.judge(), resources.interviewer_model(), resources.tailoring_model()) == (
        ["reader"],
        None,
        None,
        None,
    )
    resources.connect_model(LanguageModel("address", "first", "http://127.0.0.1:1/v1", "k"))
    assert names() == ["reader", "judge"] and "model=first" in versions()
    assert resources.interviewer_model() is not None and resources.tailoring_model() is not None
    assert resources.judge() is resources.judge()
    resources.connect_model(LanguageModel("address", "second", "http://127.0.0.1:1/v1", "k"))
    assert "model=second" in versions()
    resources.disconnect_model()
    assert names() == ["reader"] and resources.interviewer_model() is None


def test_a_choice_that_another_process_made_counts_as_well(server: Settings) -> None:
    from data.access import LOCAL
    from data.language_model import connect

    assert names() == ["reader"]
    connect(server, LOCAL, LanguageModel("address", "m", "http://127.0.0.1:1/v1", "k"))
    assert names() == ["reader", "judge"]


def test_a_choice_that_cannot_be_read_leaves_every_page_without_a_model(server: Settings) -> None:
    server.language_model_file.write_text("{")
    assert resources.language_model() is None
    assert names() == ["reader"]


def test_what_is_set_outside_cannot_be_changed_here(
    server: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = load_settings({"LLM_BASE_URL": "http://127.0.0.1:1/v1"}, tmp_path / "none.toml")
    monkeypatch.setattr(resources, "settings", lambda: outside)
    with pytest.raises(RehearseError, match="where this server is started"):
        resources.connect_model(LanguageModel("address", "m", "http://127.0.0.1:1/v1"))
    assert resources.language_model() is not None
