"""The editor of a coding question: every pause saves, and Python's tests run in the candidate's browser.

The same editor without languages and tests takes the text of a sketch (`plain`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, cast, get_args

import streamlit as st

from analysis.written.coding import LANGUAGES, RUNS
from analysis.written.drafts import LONGEST_TEXT, as_text, code_key, code_of
from data.domain import Change, CheckOutcome, CheckResult, Code, CodeTask, Draft, Question
from pages.widgets import drafting
from pages.widgets.sandbox.served import HARNESS, urls

ABOUT_TESTS = (
    "Tests run in your browser, in a sandbox without network, each for at most 5 seconds. The results are "
    "for your own practice: a browser can be made to say anything. Python there has one thread; what many "
    "threads would do is judged from your code and from what you say."
)
NOT_RUN = "This language is not run here: your code is kept, and judged as text."
_LEAVE = " Escape, then Tab, leaves the editor."
_LONGEST_PROBLEM = 3000
_EDITOR = drafting.component("rehearse_code_editor", Path(__file__))


@st.fragment
def show(question: Question, wrote: Callable[[], None]) -> None:
    """Draw the editor with what was written before; what is written now is kept, and `wrote` told."""
    key, task = code_key(question.id), question.task or CodeTask("", ())

    def keep(change: Change, sent: Mapping[str, Any]) -> None:
        drafting.keep(key, replace(change, text=as_text(as_code(sent, task))))
        wrote()

    kept = drafting.kept(key)
    code = code_of(kept)
    data = {
        "draft": {**(asdict(code) if code else {"text": ""}), "version": kept.version},
        "initial": task.starter,
        "starter": task.starter,
        "setup": task.setup,
        "checks": [asdict(check) for check in task.checks],
        "languages": list(LANGUAGES),
        "label": "Your code",
        "again": "Starter again",
        "placeholder": "Write your code here. It is kept while you type.",
        "about": ABOUT_TESTS + _LEAVE,
    }
    _draw(f"code {question.id}", data, keep)
    drafting.trouble()


def plain(
    key: str, draft: Draft, *, label: str, template: str, offer: str, keep: Callable[[Change], None]
) -> None:
    """Draw the editor for a text without tests; `keep` gets every change of it.

    `offer` is the button that fills an empty page with `template`, which also shows faintly before.
    """
    data: dict[str, Any] = {
        "draft": asdict(draft),
        "initial": "",
        "starter": template,
        "setup": "",
        "checks": [],
        "languages": [],
        "label": label,
        "again": offer,
        "placeholder": template,
        "about": "Kept while you type." + _LEAVE,
    }
    _draw(key, data, lambda change, _: keep(change))


def _draw(key: str, data: Mapping[str, Any], keep: Callable[[Change, Mapping[str, Any]], None]) -> None:
    def changed() -> None:
        sent = st.session_state[key].get("draft")
        change = drafting.change_of(sent)
        if change is not None:
            keep(change, sent)

    common = {"question": key, "runs": RUNS, "unrun": NOT_RUN + _LEAVE, "harness": HARNESS, "urls": urls()}
    _EDITOR(key=key, data={**data, **common}, on_draft_change=changed)


def as_code(sent: Mapping[str, Any], task: CodeTask) -> Code:
    """What a browser sent, as far as it makes sense: known languages and outcomes, tests of this question."""
    asked = {check.name: check for check in task.checks}
    language = sent.get("language")
    found = [
        CheckResult(
            name=name,
            outcome=cast(CheckOutcome, result["outcome"]),
            edge=asked[name].edge,
            seconds=_seconds(result.get("seconds")),
            problem=str(result.get("problem", ""))[:_LONGEST_PROBLEM],
        )
        for result in sent.get("checks") or ()
        if (name := result.get("name")) in asked and result.get("outcome") in get_args(CheckOutcome)
    ]
    return Code(
        language=language if language in LANGUAGES else RUNS,
        text=str(sent.get("text", ""))[:LONGEST_TEXT],
        checks=tuple(found),
        changed_since=bool(sent.get("changed_since")) and bool(found),
    )


def _seconds(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and 0 <= value < 60 else None
