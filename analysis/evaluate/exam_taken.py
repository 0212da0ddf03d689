"""`exam [--scorer judge|reader] [--model NAME]`: a scorer sits the exam; says first what it costs.

With a judge the calls, the time and the price are told before anything is sent, and it goes on when asked to
(`--yes`, or an answer at the prompt). Replies are kept: an exam that was cut off is gone on with by the same
command. The last line says whether it passed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.evaluate.answers_judged import tell
from analysis.exam.constructed_answers import Constructed, second_rating, shipped_answers
from analysis.exam.exam_figures import ENOUGH_QWK, MOST_UNSCORED, MOST_WRONG_AT_3
from analysis.exam.sitting import ExamResult, estimate, sit
from analysis.scoring import Scorer
from analysis.scoring.judge import JudgeScorer
from analysis.scoring.judge.configured_judge import judge_of
from analysis.scoring.scorers import SCORERS, make_scorer
from data.language_model import connected
from data.settings import load_settings


def main(argv: Sequence[str]) -> int:
    """Tell the cost, sit the exam, print (and write) the figures."""
    parser = argparse.ArgumentParser(prog="exam", description=__doc__)
    parser.add_argument("--scorer", choices=sorted(SCORERS), default="judge")
    parser.add_argument("--model", help="the name of the model, where it is not the configured one")
    parser.add_argument("--yes", action="store_true", help="do not ask before sending")
    parser.add_argument("--json", type=Path, metavar="OUT")
    arguments = parser.parse_args(argv)
    rows = shipped_answers()
    scorer = _scorer(arguments.scorer, arguments.model)
    if not _agreed(scorer, rows, arguments.yes):
        return 1
    result = sit(scorer, rows, second=second_rating(rows))
    tell(result.figures, arguments.json)
    print(verdict(result), file=sys.stderr)
    return 0


def verdict(result: ExamResult) -> str:
    """One line: whether its levels count, and what that takes; a reader has none."""
    if result.figures["unscored"] == 1 and result.scorer != JudgeScorer.name:
        return "It gives no levels, so there is nothing to pass: see what it heard."
    taken = (
        f"agreement (QWK) {ENOUGH_QWK:g} or more, at most {MOST_WRONG_AT_3:.0%} of wrong answers at level 3 "
        f"or more, at most {MOST_UNSCORED:.0%} unscored"
    )
    return f"{'Passed' if result.passed else 'Did not pass'}: {taken}."


def _scorer(name: str, model_name: str | None) -> Scorer:
    settings = load_settings(os.environ)
    model = connected(settings)
    if name == JudgeScorer.name and model is not None and model_name:
        return judge_of(replace(model, model=model_name), settings)
    return make_scorer(name, settings)


def _agreed(scorer: Scorer, rows: Sequence[Constructed], yes: bool) -> bool:
    if not isinstance(scorer, JudgeScorer):
        return True
    print(estimate(scorer, rows).sentence, file=sys.stderr)
    if yes:
        return True
    print("Go on? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
