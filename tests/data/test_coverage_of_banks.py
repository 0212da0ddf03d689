"""`docs/coverage.md` says where the topics of other banks are; every id in it is a question of this bank."""

from __future__ import annotations

import re

from data.settings import PROJECT_ROOT
from tests.stored import shipped_questions

PAGE = (PROJECT_ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")


def test_every_question_that_is_named_is_in_the_bank() -> None:
    named = {name for name in re.findall(r"`([a-z0-9-]+)`", PAGE)}
    assert named - {question.id for question in shipped_questions()} == set()


def test_whatever_three_banks_have_is_here() -> None:
    rows = re.findall(r"^\| [^|]+ \| ([A-E](?: [A-E])*)[^|]* \| (.+) \|$", PAGE, re.MULTILINE)
    assert len(rows) > 30
    assert [here for banks, here in rows if len(banks.split()) >= 3 and not here.startswith("`")] == []
