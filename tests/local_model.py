"""The language model that tests run for real: opt-in, because it is 1.1 GB; `.ci/run` opts in.

`REHEARSE_LOCAL_MODEL` names a folder of models outside the clone, so that it is fetched once for all clones.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from analysis.models.fetching import fetch
from data.model_table import model_named
from tests import needs

FOLDER = "REHEARSE_LOCAL_MODEL"
MODEL = model_named("qwen2.5-coder-1.5b-instruct-q4_k_m")


def needs_runtime() -> None:
    """Leave the test out where xllamacpp is not installed (fails on CI)."""
    if find_spec("xllamacpp") is None:
        needs.leave_out("xllamacpp is not installed (make install-optional)")


def local_model() -> Path:
    """The model's file, fetched on first use; without the opt-in the test is left out."""
    needs_runtime()
    folder = os.environ.get(FOLDER)
    if not folder:
        needs.leave_out(f"no language model is run (set {FOLDER} to a folder for 1.1 GB of model)")
    return fetch(MODEL, lambda here, whole: None, Path(folder)) / MODEL.files[0].name
