"""The command line's contract: one JSON document about a recording, or a sentence about what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.analyse import main
from data.questions import question_by_id
from tests.browser.practised import ANSWER
from tests.media import recording
from tests.stored import shipped_questions
from tests.strange import BUGS

pytestmark = pytest.mark.slow

QUESTION = "url-shortener"
SPOKEN = ANSWER[: ANSWER.index("?") + 1] + ANSWER[ANSWER.index(" I watch the share") :]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recording(tmp_path_factory.mktemp("said") / "answer.mp4", 20.0, text=SPOKEN)


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main([*arguments, "--json"]) == 0
    loaded: dict[str, Any] = json.loads(capsys.readouterr().out)
    return loaded


@pytest.mark.slow
def test_a_recording_gives_words_signals_and_what_was_heard(
    clip: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = document(capsys, str(clip), "--question", QUESTION)
    assert said["recording"]["path"] == str(clip)
    assert said["recording"]["frames"] == 300
    words = said["transcript"]["words"]
    assert {"links", "redirect"} & {word["text"].lower().strip(".,?") for word in words}
    assert all(0 <= word["start_seconds"] <= word["end_seconds"] <= 21 for word in words)
    signals = {signal["name"]: signal for signal in said["signals"]}
    assert signals["eye_contact_camera"]["coverage"] >= 0.9
    assert 0 <= signals["eye_contact_camera"]["value"] <= 1
    assert said["delivery"]["speaking_rate_wpm"] > 0
    invited = question_by_id(shipped_questions(), QUESTION)
    assert len(said["key_points"]) == len(invited.key_points)
    assert said["scores"] == [], "without a judge there is no level"


@pytest.mark.slow
def test_without_a_question_nothing_is_scored(clip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = document(capsys, str(clip))
    assert said["question"] is None
    assert said["scores"] == said["key_points"] == []
    assert said["transcript"]["words"]


@pytest.mark.slow
def test_a_transcript_takes_the_place_of_the_words(
    clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "said.txt"
    written.write_text(ANSWER, encoding="utf-8")
    said = document(capsys, str(clip), "--question", QUESTION, "--transcript", str(written))
    assert said["transcript"]["text"].split() == ANSWER.split()
    heard = [point for point in said["key_points"] if point["status"] == "covered"]
    assert len(heard) >= 3
    assert all(point["evidence"]["quote"] in said["transcript"]["text"] for point in heard)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.mp4"], "missing.mp4"),
        (["empty.mp4"], "empty"),
        (["empty.mp4", "--question", "no-such-question"], "no-such-question"),
        (["empty.mp4", "--transcript", "nowhere.txt"], "nowhere.txt"),
        (["empty.mp4", "--question", QUESTION, "--scorer", "oracle"], "oracle"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty.mp4").touch()
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.out == ""


@pytest.mark.slow
def test_a_stranger_s_file_is_taken_in_like_an_upload(capsys: pytest.CaptureFixture[str]) -> None:
    said = document(capsys, str(BUGS / "two_webm_joined.webm"))
    assert said["recording"]["path"].endswith("two_webm_joined.webm")
    assert said["recording"]["seconds"] == pytest.approx(6.0, abs=0.1)
    assert any("holds 2 recordings" in note for note in said["notes"])
