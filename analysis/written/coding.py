"""What can be said of written code without running it, and of what was said about it. Pure.

Four things are told apart, because a weak one must not hide behind a strong one: tests passed (counted in the
candidate's browser), and complexity, edge cases and thread safety as far as they were put into words.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from tokenize import COMMENT, TokenError, generate_tokens

from analysis.reading.lexicon import pattern
from analysis.reading.quotes import verify
from analysis.reading.sentences import sentences
from data.domain import Answer, CheckResult, Evidence, Turn

LANGUAGES = ("Python", "Java", "Go", "C++", "JavaScript", "Other")
RUNS = "Python"
"""The one language whose tests run in the browser; the others are judged as text."""
SHORTEST_COMMENT_WORDS = 5
"""A shorter comment labels a line and says nothing that could be compared with a key point."""

_PARTS = {
    "Complexity": "coding_complexity",
    "Edge cases": "coding_edge_cases",
    "Thread safety": "coding_threads",
}
"""Each part and the word list in `analysis/reading/lexicon/` that finds it."""
_LINE_COMMENT = re.compile(r"//([^\n]*)|/\*((?:[^*]|\*(?!/))*+)(?:\*/)?")
QUOTES_EACH = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a coding answer is asked for, and where it was spoken of, right or wrong."""

    name: str
    quotes: tuple[Evidence, ...]


def said_parts(answer: Answer) -> tuple[Part, ...]:
    """Complexity, edge cases and thread safety, each with the first places where they were mentioned."""
    turns = (*answer.candidate_turns, *comment_turns(answer))
    return tuple(
        Part(name, tuple(_quotes(turns, pattern(words)))[:QUOTES_EACH]) for name, words in _PARTS.items()
    )


def passed(checks: Sequence[CheckResult]) -> int:
    """How many tests passed."""
    return sum(check.outcome == "passed" for check in checks)


def tally(checks: Sequence[CheckResult]) -> str:
    """ "6 of 8 tests passed, edge cases 1 of 2", or that none were run."""
    if not checks:
        return "The tests were not run."
    edges = [check for check in checks if check.edge]
    about_edges = f", edge cases {passed(edges)} of {len(edges)}" if edges else ""
    return f"{passed(checks)} of {len(checks)} tests passed{about_edges}."


def comment_turns(answer: Answer) -> tuple[Turn, ...]:
    """The written code reduced to what its comments and docstrings say, each turn keeping its number.

    Short labels are left out, and what stood in the starter: the candidate did not write that. What remains
    is compared like spoken sentences.
    """
    task = answer.question.task
    given = set(_comments(task.starter)) if task else set()
    codes = (turn for turn in answer.written_turns if turn.kind == "code")
    reduced = (
        replace(turn, text="\n".join(one for one in _comments(turn.text) if one not in given), words=())
        for turn in codes
    )
    return tuple(turn for turn in reduced if turn.text)


def _comments(code: str) -> Iterator[str]:
    found = _python_comments(code) if "//" not in code and "/*" not in code else _slash_comments(code)
    for comment in found:
        text = " ".join(comment.strip("#/* \n").split())
        if len(text.split()) >= SHORTEST_COMMENT_WORDS:
            yield text


def _python_comments(code: str) -> list[str]:
    found: list[str] = []
    try:
        found += [token.string for token in generate_tokens(StringIO(code).readline) if token.type == COMMENT]
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module):
                found.append(ast.get_docstring(node) or "")
    except (SyntaxError, TokenError, ValueError, RecursionError):
        return found or [line for line in code.splitlines() if line.strip().startswith("#")]
    return found


def _slash_comments(code: str) -> list[str]:
    return [line or block for line, block in _LINE_COMMENT.findall(code)]


def _quotes(turns: Sequence[Turn], words: re.Pattern[str]) -> Iterator[Evidence]:
    for turn in turns:
        for sentence in sentences(turn.text):
            text = turn.text[sentence.start : sentence.end]
            if words.search(text):
                quote = verify(text, turns, turn.index)
                if quote is not None:
                    yield quote
