"""Check the shipped questions: `python -m analysis.authoring [--fast] [ID ...]`, or `make questions`.

Prints each finding with file and line. Without `--fast` also what takes its time: sums, key points given away
in other words, and questions much alike.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from analysis.authoring.accepted import load_accepted, no_longer_needed, still_open
from analysis.authoring.addresses import broken_links
from analysis.authoring.alike import alike, unknown_apart
from analysis.authoring.complete import incomplete, out_of_form
from analysis.authoring.finding import Finding
from analysis.authoring.giveaways import told_by_meaning, told_by_words
from analysis.authoring.wrong_sums import wrong_sums
from data.bank_files import line_of
from data.domain import Question, RehearseError
from data.private_files import keep_private
from data.questions import BANK, load_questions, question_by_id


def main(argv: Sequence[str]) -> int:
    """Run the command; 1 when something is to be mended."""
    parser = argparse.ArgumentParser(prog="make questions", description="Check the shipped questions.")
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these questions")
    parser.add_argument("--fast", action="store_true", help="leave out sums and what needs vectors")
    options = parser.parse_args(argv)
    try:
        bank = load_questions()
        chosen = [question_by_id(bank, name) for name in options.ids] or list(bank)
        findings = [*quick(bank, chosen), *([] if options.fast else thorough(bank, chosen))]
        accepted = load_accepted()
    except RehearseError as error:
        print(error, file=sys.stderr)
        return 1
    to_mend = still_open(findings, accepted)
    for finding in to_mend:
        print(told(finding))
    stale = [] if options.fast or options.ids else no_longer_needed(findings, accepted)
    for line in stale:
        print(f"data/bank/accepted.txt: accepts nothing any more: {line}")
    accepted_now = len(findings) - len(to_mend)
    print(f"{len(chosen)} questions, {len(to_mend) + len(stale)} to mend, {accepted_now} accepted.")
    return 1 if to_mend or stale else 0


def quick(bank: Sequence[Question], chosen: Sequence[Question]) -> Iterator[Finding]:
    """What can be said at once."""
    names = {question.id for question in chosen}
    yield from (one for one in unknown_apart(bank) if one.question_id in names)
    for question in chosen:
        for check in (incomplete, out_of_form, broken_links, told_by_words):
            yield from check(question)


def thorough(bank: Sequence[Question], chosen: Sequence[Question]) -> Iterator[Finding]:
    """What takes its time: half a second for each question, and ten seconds for all beside all."""
    for question in chosen:
        yield from slowly(question)
    names = {question.id for question in chosen}
    yield from (one for one in alike(bank) if one.question_id in names)


def slowly(question: Question) -> Iterator[Finding]:
    """What takes its time about one question."""
    yield from wrong_sums(question)
    yield from told_by_meaning(question)


def told(finding: Finding) -> str:
    """A finding as an editor can jump to it."""
    file = BANK / f"{finding.question_id}.yaml"
    place = f"{finding.where}: " if finding.path else ""
    return f"data/bank/{file.name}:{line_of(file, finding.path)}: {place}{finding.problem}"


if __name__ == "__main__":
    keep_private()
    sys.exit(main(sys.argv[1:]))
