"""What goes with the spoken answer: code or a sketch to write, and what can be looked at when asked for."""

from __future__ import annotations

from collections.abc import Callable

from data.domain import WRITTEN_IN_CODE, Question
from pages.widgets.answer import code_editor, design_sketch, look_box

_DESIGNS = ("system_design", "distributed_systems", "data_infrastructure")


def _nobody_waits() -> None:
    """Nobody needs to know that something was written."""


def show(question: Question, wrote: Callable[[], None] = _nobody_waits) -> None:
    """Draw what this kind of question is written with, if anything; it is kept while it changes.

    `wrote` is called at every change, at least every three seconds while somebody types.
    `analysis.answering.one_answer.keep_answer` takes what is there along with the answer.
    """
    if question.category in WRITTEN_IN_CODE:
        code_editor.show(question, wrote)
    elif question.category in _DESIGNS:
        design_sketch.show(question, wrote)
    if question.observations:
        look_box.show(question)
