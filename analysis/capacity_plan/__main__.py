"""How large must it be: `python -m analysis.capacity_plan --candidates 400`.

Costs are those of `data/measured_costs.yaml`, measured on two shared cores with one or two answers at once.
That a machine with more cores scales alike, that a database server saves as fast as a file, and how fast a
model server is, was not measured: try the replica you plan for with half of its answers first.
"""

from __future__ import annotations

import argparse
import sys

from analysis.capacity_plan.measured_costs import load_costs
from analysis.capacity_plan.plan_sizes import FULL, Machine, Practice, Sizes, sizes
from data.private_files import keep_private

NOT_SHOWN = (
    "From two shared cores, with at most two answers at once: more of both was not measured. Nor were a "
    "model server's speed, a bucket over a network, and a database of many gigabytes beside writers."
)


def table(wanted: Sizes, machine: Machine, practice: Practice) -> str:
    """The sizes as Markdown."""
    models = "unknown: give --tokens-a-second" if wanted.model_servers is None else f"{wanted.model_servers}"
    replica = f"replicas of {machine.cores:g} cores and {machine.memory_gb:g} GB, {FULL:.0%} full"
    calls, tokens = wanted.judge_calls_an_hour, wanted.judge_tokens_a_second
    kept = f"after {practice.weeks_kept:g} weeks"
    rows = [
        ("interviews at once in the busiest hour", f"{wanted.at_once}"),
        (replica, f"{wanted.replicas}"),
        ("what they use together", f"{wanted.cores:.1f} cores, {wanted.memory_gb:.1f} GB"),
        ("network in, of recordings", f"{wanted.network_mbit:.0f} Mbit/s"),
        ("processes that analyse afterwards", f"{wanted.batch_workers}, {wanted.batch_gb:.1f} GB"),
        ("database", f"{wanted.database_gb:.1f} GB {kept}"),
        ("answers saved", f"{wanted.saves_a_second:.2f} a second, {wanted.save_cores:.3f} cores"),
        ("recordings", f"{wanted.bucket_gb:.0f} GB {kept}"),
        ("the judge", f"{calls:.0f} calls an hour, {tokens:.0f} tokens a second"),
        ("model servers", models),
    ]
    return "\n".join(["| what | size |", "|---|---|", *(f"| {what} | {size} |" for what, size in rows)])


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    usual, replica = Practice(0), Machine()
    parser = argparse.ArgumentParser(prog="python -m analysis.capacity_plan", description=__doc__)
    parser.add_argument("--candidates", type=int, required=True)
    parser.add_argument("--interviews-a-week", type=float, default=usual.interviews_a_week, help="of each")
    parser.add_argument("--minutes", type=float, default=usual.minutes, help="of an interview")
    parser.add_argument("--answers", type=float, default=usual.answers, help="of an interview")
    parser.add_argument(
        "--in-peak-hour", type=float, default=usual.in_peak_hour, help="share of a week in its busiest hour"
    )
    parser.add_argument("--judged", type=float, default=usual.judged, help="share of answers")
    parser.add_argument("--weeks-kept", type=float, default=usual.weeks_kept)
    parser.add_argument(
        "--recorded", choices=("server", "browser"), default="server", help="browser: analysed afterwards"
    )
    parser.add_argument("--cores", type=float, default=replica.cores, help="of a replica")
    parser.add_argument("--memory-gb", type=float, default=replica.memory_gb, help="of a replica")
    parser.add_argument("--tokens-a-second", type=float, default=0.0, help="of one model server")
    given = parser.parse_args(arguments)
    practice = Practice(
        given.candidates,
        given.interviews_a_week,
        given.minutes,
        given.answers,
        given.in_peak_hour,
        given.judged,
        given.weeks_kept,
        given.recorded == "server",
    )
    machine = Machine(given.cores, given.memory_gb, given.tokens_a_second)
    print(table(sizes(practice, load_costs(), machine), machine, practice))
    print(f"\n{NOT_SHOWN}")
    return 0


if __name__ == "__main__":
    keep_private()
    sys.exit(main())
