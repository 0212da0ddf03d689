from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data.domain import RehearseError
from data.weights import FACE, MINILM, MINILM_TOKENIZER, POSE, PYODIDE, SMART_TURN, Weight, verified


@pytest.mark.parametrize(
    "weight", [FACE, POSE, MINILM, MINILM_TOKENIZER, SMART_TURN, PYODIDE], ids=lambda weight: weight.path.name
)
def test_every_shipped_weight_has_the_expected_bytes(weight: Weight) -> None:
    assert verified(weight) == weight.path


def test_a_missing_weight_says_which_file_and_how_to_restore_it(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match=r"gone\.task is missing.*git checkout"):
        verified(replace(FACE, path=tmp_path / "gone.task"))


def test_a_damaged_weight_is_refused_and_accepted_once_restored(tmp_path: Path) -> None:
    copy = replace(POSE, path=tmp_path / "pose.task")
    copy.path.write_bytes(POSE.path.read_bytes()[:-1])
    with pytest.raises(RehearseError, match="damaged"):
        verified(copy)
    copy.path.write_bytes(POSE.path.read_bytes())
    assert verified(copy) == copy.path


def test_a_folder_in_place_of_a_weight_is_reported_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match="cannot be read"):
        verified(replace(FACE, path=tmp_path))


def test_a_shipped_weight_is_restored_from_git() -> None:
    wrong = replace(FACE, sha256="0" * 64)
    with pytest.raises(RehearseError, match=r"git checkout data/weights/face_landmarker\.task"):
        verified(wrong)
