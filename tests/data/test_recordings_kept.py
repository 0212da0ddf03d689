"""A recording ends so many days after its answer, wherever it is kept; the answer stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data.domain import RehearseError
from data.recordings import Recordings
from data.recordings_kept import Outdated
from data.settings import load_settings
from data.store import Database, Session
from tests.fake_bucket import serving
from tests.stored import BEGAN, result

DAYS = 30.0


def _kept(session: Session, recordings: Recordings, days: tuple[int, ...] = (0, 10)) -> list[str]:
    """Answers that many days after the first, each with a film, a part and a file as it was sent."""
    made = [result(number, days=day) for number, day in enumerate(days)]
    session.answers.save_many(made)
    for one in made:
        film = recordings.new_recording(one.attempt.id)
        for name in (film.name, f"{one.attempt.id}.part1.mp4", f"{one.attempt.id}.mov.received"):
            film.with_name(name).write_bytes(b"film")
    return [one.attempt.id for one in made]


def _recordings(folder: Path) -> Recordings:
    return Recordings(folder.as_uri(), free_bytes_needed=1)


def _after(days: float) -> datetime:
    return BEGAN + timedelta(days=days)


def test_what_is_too_old_is_erased_with_all_its_files_and_the_answer_stays(
    session: Session, address: str, tmp_path: Path
) -> None:
    recordings = _recordings(tmp_path / "films")
    first, second = _kept(session, recordings)
    outdated = Outdated(Database.open(address).recorded, recordings, DAYS)
    outdated.round(_after(DAYS))
    assert recordings.has_any(first), "to the day"
    outdated.round(_after(DAYS + 1))
    assert not recordings.has_any(first)
    assert len(recordings.files_of(second)) == 3
    assert session.answers.load(first) == result(0)
    outdated.round(_after(DAYS + 11))
    assert not recordings.has_any(second)


def test_a_typed_answer_has_nothing_to_end(session: Session, address: str) -> None:
    typed = replace(result().attempt, mode="typed")
    session.answers.save(replace(result(), attempt=typed, speech=None, delivery=None, frames=()))
    assert Database.open(address).recorded(_after(-1), _after(1)) == ()


@pytest.mark.slow
def test_what_a_bucket_keeps_ends_too_and_one_that_is_away_is_asked_again(
    session: Session, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as school:
        for name, value in school.environ.items():
            monkeypatch.setenv(name, value)
        recordings = Recordings("s3://school/kept", free_bytes_needed=1, here=tmp_path / "films")
        [only] = _kept(session, recordings, (0,))
        bucket = recordings.bucket
        assert bucket is not None
        bucket.put(recordings.folder / f"{only}.mp4", f"{only}/{only}.mp4")
        recordings.erase_here(only)
        outdated = Outdated(Database.open(address).recorded, recordings, DAYS)
        with monkeypatch.context() as away:
            away.setattr(bucket, "names", _refused)
            with pytest.raises(RehearseError, match="away"):
                outdated.round(_after(DAYS + 1))
        assert bucket.names(only)
        outdated.round(_after(DAYS + 1))
        assert not bucket.names(only)


def _refused(_folder: str) -> None:
    raise RehearseError("It is away.")


@pytest.mark.parametrize("days", ["0", "-3", "1.5", "ten", "100000"])
def test_days_that_are_no_number_of_days_are_refused(days: str, tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match="RECORDINGS_KEPT_DAYS"):
        load_settings({"RECORDINGS_KEPT_DAYS": days}, tmp_path / "none.toml")
