"""Work on many answers again: `python -m analysis.batch reanalyse|rescore|rejudge --select all`.

`reanalyse` looks at recordings again, and writes down words where none are kept; `rescore` has the reader
hear every answer; `rejudge` has the connected judge give levels to what was judged before. What is done is
kept at once: stopped (Ctrl-C) or killed, the same command goes on with the rest. `list` shows batches,
`cancel ID` ends one. One process has a DuckDB file: stop the app first, or start on its Settings page.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys

from analysis.batch.batch_run import Running, question_finder, run
from analysis.batch.compute import compute_at, on_a_thread
from analysis.batch.kinds import Judging, Means, kind_of
from analysis.llm.batch import Watch
from data.domain import RehearseError
from data.domain.batches import KINDS, Batch, BatchKind, asked_for
from data.language_model import connected
from data.private_files import keep_private
from data.questions import load_questions
from data.recordings import Recordings
from data.settings import Settings, load_settings
from data.store import Database, Session


def main(arguments: list[str] | None = None) -> int:
    """Run the command; a problem the user can solve goes to stderr with exit code 2, a stop gives 1."""
    parser = argparse.ArgumentParser(prog="python -m analysis.batch", description=__doc__)
    parser.add_argument("what", choices=(*KINDS, "list", "cancel"))
    parser.add_argument("id", nargs="?", default="", help="of the batch to cancel")
    parser.add_argument(
        "--select",
        nargs="+",
        default=[],
        metavar="WHICH",
        help="all, or candidate=ID cohort=ID question=ID since=2026-01-31 until=2026-01-31",
    )
    parser.add_argument("--workers", type=int, default=0, help="processes here; else half of the processors")
    options = parser.parse_args(arguments)
    try:
        settings = load_settings(os.environ)
        session = Database.open(settings.database_url).session()
        try:
            return _done(options, settings, session)
        finally:
            session.database.close()
    except RehearseError as problem:
        print(problem, file=sys.stderr)
        return 2


def _done(options: argparse.Namespace, settings: Settings, session: Session) -> int:
    if options.what == "list":
        for batch in session.batches.all():
            print(_line(session, batch))
        return 0
    if options.what == "cancel":
        session.batches.cancel(session.batches.find(options.id).id)
        return 0
    if not options.select:
        raise RehearseError("Nothing is selected.", "Add --select all, or which answers.")
    return _work(options.what, options, settings, session)


def _work(kind: BatchKind, options: argparse.Namespace, settings: Settings, session: Session) -> int:
    judging = _judging(settings) if kind == "rejudge" else None
    means = Means(
        Recordings(settings.recordings_url),
        settings,
        question_finder(load_questions(settings.questions_path)),
        judging,
    )
    way = kind_of(kind, means)
    compute = on_a_thread() if kind == "rejudge" else compute_at(settings.compute, options.workers)
    running = Running(session.batches.begin(kind, asked_for(options.select)), told=_tell)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: running.stop.set())
    try:
        over = run(running, session, means, way, compute)
    finally:
        compute.close()
    print(_line(session, over))
    return 1 if over.is_open else 0


def _judging(settings: Settings) -> Judging | None:
    from analysis.scoring.judge.configured_judge import judge_of

    model = connected(settings)
    return None if model is None else Judging(judge_of(model, settings), model.leaves, Watch())


def _tell(how_far: str) -> None:
    print(how_far, flush=True)


def _line(session: Session, batch: Batch) -> str:
    reasons = (f"    {number} x {reason}" for reason, number in session.batches.reasons(batch.id).items())
    head = f"{batch.id}  {batch.kind}  {batch.begun_at:%Y-%m-%d %H:%M}  {batch.told}"
    return "\n".join([head, *reasons])


if __name__ == "__main__":
    keep_private()
    sys.exit(main())
