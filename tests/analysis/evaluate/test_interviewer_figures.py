from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.evaluate import interviewer
from data.domain import RehearseError
from tests.stored import shipped_questions

OFF_TOPIC = (
    "At the weekend I went hiking in the mountains with my brother, we saw a fox and two eagles, and in the "
    "evening we cooked pasta with mushrooms that we had found ourselves on the way, it was lovely."
)
SITUATION = {
    "question_id": "url-shortener",
    "dialogue": [
        {"who": "interviewer", "text": "Take it from requirements to how you would run it."},
        {"who": "candidate", "text": OFF_TOPIC},
    ],
    "good_moves": ["redirect_offtopic"],
    "about": "hiking in the mountains",
    "kind": "off_topic",
}
QUEUE = next(one for one in shipped_questions() if one.id == "bounded-queue")
KNOWN = QUEUE.misconceptions[0]
CLAIM = {"question_id": QUEUE.id, "wrong": KNOWN.wrong, "near_right": KNOWN.near_right}


def written(folder: Path, row: object) -> str:
    path = folder / "rows.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return str(path)


@pytest.mark.slow
def test_moves_are_counted_by_kind_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    assert interviewer.main(["moves", written(tmp_path, SITUATION), "--json", str(out), "--show"]) == 0
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert (figures["n"], figures["good"], figures["leaks"]) == (1, 1.0, 0)
    assert figures["by_kind"] == {"off_topic": {"n": 1, "good": 1.0}}
    assert "redirect_offtopic" in capsys.readouterr().out


@pytest.mark.slow
def test_challenges_of_wrong_claims_and_of_their_right_neighbours_are_counted(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    interviewer.main(["misconceptions", written(tmp_path, CLAIM), "--json", str(out)])
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert (figures["n"], figures["challenged"], figures["false"]) == (1, 1.0, 0.0)


@pytest.mark.slow
def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(RehearseError, match="nowhere.jsonl"):
        interviewer.main(["moves", "nowhere.jsonl"])
