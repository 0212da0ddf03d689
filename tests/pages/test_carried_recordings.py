"""Recordings on their way to a bucket: begun where there is one; an address that is none stops no page."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from data.recordings import Recordings
from data.settings import load_settings
from pages.widgets import resources
from pages.widgets.settings import carried_recordings


def test_a_page_is_not_in_the_way_of_an_address_that_keeps_no_recordings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = dataclasses.replace(load_settings({}), recordings_url="nonsense://x")
    monkeypatch.setattr(resources, "settings", lambda: chosen)
    monkeypatch.setattr(resources, "recordings", lambda: Recordings(resources.settings().recordings_url))
    carried_recordings.go_on()


def test_nothing_is_carried_where_recordings_stay_in_a_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(resources, "recordings", lambda: Recordings(f"file://{tmp_path}"))
    monkeypatch.setattr(carried_recordings, "start_carrying", lambda _: pytest.fail("nothing to carry"))
    carried_recordings.go_on()
    carried_recordings.show_trouble()
