"""Which language model wrote what an answer was worth: a reader has to be told that an AI system did."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.domain import Score

_MODEL = re.compile(r"model=(.+?)(?: \w+=|$)")
"""Begins the version of every scorer that asks a language model."""


def language_model(scores: Sequence[Score]) -> str | None:
    """The model that wrote these levels and remarks; None when rules on this computer did."""
    named = (_MODEL.match(score.scorer_version) for score in scores)
    return next((found[1] for found in named if found), None)


def sentence(scores: Sequence[Score], place: str = "") -> str:
    """The notice beside them, with where the model runs if that is known; empty without a model."""
    model = language_model(scores)
    if model is None:
        return ""
    where = f" at {place}" if place else ""
    return (
        f"Written by an AI system: the language model {model}{where} gave these levels, quotes and remarks."
    )
