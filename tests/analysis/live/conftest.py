"""What an interview under way is given, made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.live.judging_jobs import Jobs
from analysis.live.world import World
from analysis.scoring.scorers import make_scorer
from data.recordings import Recordings
from data.settings import load_settings
from tests.stored import open_store


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A store of one candidate's, a folder for recordings, the reader; no speech engine, no model."""
    session = open_store(tmp_path)
    settings = load_settings({"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}, tmp_path / "none.toml")
    folder, scorers = Recordings(settings.recordings_url), (make_scorer("reader", settings),)
    no_engine: Any = None
    yield World(session, folder, settings, no_engine, scorers, None, Jobs(), None)
    session.database.close()
