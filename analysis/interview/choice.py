"""The bank's next probe for where an interview stands. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.interview.probes import Probe, choose_probe
from analysis.interview.state import State, current_answer
from analysis.interview.timing import MAX_PROBES
from data.domain import KeyPointResult


def next_probe(state: State, results: Sequence[KeyPointResult]) -> Probe | None:
    """The bank's probe for where the interview stands."""
    answer = current_answer(state)
    return choose_probe(
        answer.question,
        results,
        asked=state.lines,
        probed=state.probed,
        probes_left=MAX_PROBES - state.probes,
        heard=" ".join(turn.text for turn in answer.turns),
    )
