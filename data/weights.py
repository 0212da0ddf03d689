"""The large files in the repository: where each lies, what it must hash to, whence it came.

A file is hashed once per process, before it is handed to a model: a wrong bundle can hang the
loader of a model runtime, so it must be refused here, in plain words.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.domain import RehearseError
from data.model_table import Shipped, model_named

FOLDER = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Weight:
    """One model file. `origin` is where the same bytes can be had again."""

    path: Path
    sha256: str
    origin: str
    licence: str


def _shipped(model: str, file: str) -> Weight:
    row = model_named(model)
    whence = [source.whence for source in row.sources if isinstance(source, Shipped)]
    return Weight(FOLDER / file, row.sha256_of(file), whence[0], row.licence)


FACE = _shipped("face", "face_landmarker.task")
POSE = _shipped("pose", "pose_landmarker_lite.task")
MINILM = _shipped("minilm", "minilm_int8.onnx")
MINILM_TOKENIZER = _shipped("minilm", "minilm_tokenizer.json")
SMART_TURN = _shipped("smart-turn", "smart_turn_v3_2.onnx")
PYODIDE = Weight(
    FOLDER / "pyodide-314.0.7.tgz",
    "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0",
    "the npm package pyodide 314.0.7, unchanged",
    "MPL-2.0",
)
"""Not a model: Python for the browser, read only there."""


@cache
def verified(weight: Weight) -> Path:
    """Return the path of a weight whose bytes are the expected ones.

    Raises RehearseError when the file is missing, unreadable or different. Only a good file is
    remembered, so a restored one is accepted without a restart.
    """
    restore = (
        f"Restore it with `git checkout data/weights/{weight.path.name}`; it comes from {weight.origin}."
    )
    try:
        with weight.path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise RehearseError(f"The file {weight.path.name} is missing.", restore) from error
    except OSError as error:
        raise RehearseError(f"The file {weight.path.name} cannot be read: {error}.", restore) from error
    if found != weight.sha256:
        raise RehearseError(f"The file {weight.path.name} is damaged or a different version.", restore)
    return weight.path
