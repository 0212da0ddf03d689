"""Findings that somebody looked at and found to be false alarms: `data/bank/accepted.txt`."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.authoring.finding import Finding
from data.questions import BANK
from data.word_lists import load_list

ACCEPTED = BANK / "accepted.txt"


def load_accepted() -> tuple[str, ...]:
    """The lines of the file: question, place and how the problem begins."""
    return load_list(ACCEPTED)


def still_open(findings: Sequence[Finding], accepted: Sequence[str]) -> list[Finding]:
    """The findings that no line accepts."""
    return [one for one in findings if not any(as_line(one).startswith(line) for line in accepted)]


def no_longer_needed(findings: Sequence[Finding], accepted: Sequence[str]) -> list[str]:
    """Lines that accept nothing any more."""
    return [line for line in accepted if not any(as_line(one).startswith(line) for one in findings)]


def as_line(finding: Finding) -> str:
    """A finding as the file has it."""
    return f"{finding.question_id}, {finding.where}: {finding.problem}"
