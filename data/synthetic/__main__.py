"""Write synthetic candidates, or whole cohorts of them, to a database of their own.

python -m data.synthetic DATABASE_URL --candidates 20 --sessions 30
python -m data.synthetic DATABASE_URL --cohorts 3 --candidates 14 --sessions 7
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from data.private_files import keep_private
from data.questions import load_questions
from data.settings import PROJECT_ROOT
from data.store import Database
from data.synthetic import Plan, synthetic_results
from data.synthetic.samples import SampleCohorts


def main(arguments: Sequence[str] | None = None) -> None:
    """Write synthetic candidates to a database of their own."""
    parser = argparse.ArgumentParser(prog="python -m data.synthetic", description=__doc__)
    parser.add_argument("database", help="an address such as duckdb:////tmp/cohort.duckdb")
    parser.add_argument("--cohorts", type=int, default=0, help="cohorts of that many candidates each")
    parser.add_argument("--candidates", type=int, default=20)
    parser.add_argument("--sessions", type=int, default=22)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--questions", type=Path, default=PROJECT_ROOT / "questions.csv")
    chosen = parser.parse_args(arguments)
    questions = load_questions(chosen.questions)
    session = Database.open(chosen.database).session()
    if chosen.cohorts:
        sample = SampleCohorts(session.database, session.viewer)
        answers = sample.load(questions, chosen.cohorts, chosen.candidates, chosen.sessions)
        session.database.close()
        print(f"{chosen.cohorts} invented cohorts with {answers} synthetic answers are in the database.")
        return
    for number in range(chosen.candidates):
        plan = Plan(f"synthetic-{number:04d}", sessions=chosen.sessions, seed=chosen.seed)
        session.answers.save_many(synthetic_results(plan, questions))
    session.database.close()
    print(
        f"{chosen.candidates} synthetic candidates with {chosen.sessions} sessions each are in the database."
    )


if __name__ == "__main__":
    keep_private()
    main()
