"""`python -m bench.scoring`: answers read per CPU-second beside the bare model on the same tokens."""

from __future__ import annotations

import time
from collections.abc import Callable

from analysis.exam.constructed_answers import shipped_answers
from analysis.reading import embeddings, placed
from analysis.reading.sentences import sentences
from analysis.scoring.reader import ReaderScorer
from data.domain import Answer
from data.wordings import wordings_of

WARM_UP = 4


def main() -> int:
    """Print the table rows: load time, and answers per CPU-second with their floor."""
    answers = [row.answer for row in shipped_answers()]
    scorer = ReaderScorer()
    load = _wall_seconds(lambda: scorer.score(answers[0]))
    for answer in answers[:WARM_UP]:
        scorer.score(answer)
    measured = answers[WARM_UP:]
    placed.forget()
    floor = _cpu_seconds(lambda: _embed_only(measured))
    placed.forget()
    spent = _cpu_seconds(lambda: [scorer.score(answer) for answer in measured])
    again = _cpu_seconds(lambda: [scorer.score(answer) for answer in measured])
    words = sum(len(answer.candidate_text.split()) for answer in measured) / len(measured)
    print(
        f"| answers read per CPU-second ({words:.0f} words each, points embedded too) "
        f"| {len(measured) / spent:.1f} | {len(measured) / floor:.1f} bare embedding | {spent / floor:.2f} |"
    )
    print(f"| the same, their questions known from earlier answers | {len(measured) / again:.1f} | - | - |")
    print(f"| first answer read, models loaded (seconds) | {load:.2f} | - | - |")
    return 0


def _embed_only(answers: list[Answer]) -> None:
    """The model on the same texts, each different one once, as the scorer does."""
    texts: dict[str, None] = {}
    for answer in answers:
        question = answer.question
        points = [point.text for point in question.key_points]
        examples = (one.text for point in points for one in wordings_of(question.id, point))
        for text in (question.text, *points, *examples, answer.candidate_text):
            texts.update(dict.fromkeys(sentence.text for sentence in sentences(text)))
    ids = [embeddings.token_ids(text) for text in texts]
    for group in embeddings.batches([len(row) for row in ids]):
        embeddings.run_model([ids[at] for at in group])


def _cpu_seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _wall_seconds(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


if __name__ == "__main__":
    raise SystemExit(main())
