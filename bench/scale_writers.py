"""Writers of `bench.scale`: many processes that save answers into one PostgreSQL through the product's store.

Each process notes an answer in a file of its own once `save` has come back: that is what was acknowledged.
With faults, processes are killed (-9) and begin again where their file ends, and the server is stopped at
once and started again. Afterwards every acknowledged answer must be there whole, and no other one in part.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import md5
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, text

from data.domain import AttemptResult, RehearseError, SignalFrame
from data.questions import load_questions
from data.settings import PROJECT_ROOT
from data.store import Database, cohort_tables, rollups, tables
from data.store.connected import Connected
from data.store.to_rows import attempt_row, result_rows, utc
from data.synthetic import Plan, synthetic_results
from upkeep.postgres_server import Server

SIGNAL_ROWS = 300
PEOPLE, IN_COHORT = 500, 250
BEGAN = datetime(2026, 11, 2, tzinfo=UTC)
BETWEEN_FAULTS_SECONDS = (1.0, 4.0)
KILLS_FOR_A_STOP = 3
TRY_AGAIN_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Noted:
    """What one writer has had acknowledged: answers, and how long each took it, in milliseconds."""

    answers: tuple[str, ...]
    taken_ms: tuple[float, ...]
    cpu_ms: tuple[float, ...]
    """What of it the writer itself was at work."""
    refused: int
    """How often the store said that an answer was not saved, and the writer tried again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found in the database afterwards. What must be 0 are counts of answers, or of roll-up rows."""

    acknowledged: int
    lost: int
    double: int
    partial: int
    rollups_wrong: int
    seconds: float
    taken_ms: Sequence[float]
    writer_cpu_ms: float
    """Of one answer, on the average; what little depends on what else the machine does."""
    server_cpu_ms: float | None
    """The same of PostgreSQL; None where it was started again, or the system does not tell."""
    refused: int
    kills: int
    stops: int

    @property
    def broken(self) -> int:
        """Everything that must not be."""
        return self.lost + self.double + self.partial + self.rollups_wrong

    def at(self, share: float) -> float:
        """The milliseconds within which this share of the answers was acknowledged."""
        ordered = sorted(self.taken_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@cache
def sample() -> AttemptResult:
    """An answer with everything that is kept of one, and 300 rows of signals: ten a second for 30 seconds."""
    questions = load_questions(PROJECT_ROOT / "questions.csv")
    made = next(one for one in synthetic_results(Plan("synthetic-scale"), questions) if one.frames)
    frames = tuple(
        SignalFrame(float(second), True, "camera", None, 1.5, -2.0, 0.5, 0.7, 0.02, 0.1, 0.03, 0.04)
        for second in range(SIGNAL_ROWS // 10)
    )
    return replace(made, frames=frames)


def answer(number: int) -> AttemptResult:
    """The answer of that number: by one of many people, each a member of a cohort."""
    attempt = replace(
        sample().attempt,
        id=f"scale-{number:032d}",
        candidate_id=person(number % PEOPLE),
        session_id=f"scale-session-{number}",
        started_at=BEGAN + timedelta(minutes=number),
    )
    return replace(sample(), attempt=attempt)


def person(number: int) -> str:
    """The id of one of the people."""
    return md5(f"scale-person-{number}".encode()).hexdigest()


def rows_of_one() -> Mapping[str, int]:
    """How many rows one whole answer has in each table beside its own."""
    return {name: len(rows) for name, rows in result_rows(sample(), BEGAN).items()}


def prepare(url: str) -> None:
    """A database with two cohorts that everybody is in, so that every save keeps roll-ups as well."""
    cohorts = [f"scale-cohort-{number}" for number in range(PEOPLE // IN_COHORT)]
    shared = {"created_by": "synthetic", "created_at": utc(BEGAN), "synthetic": True}
    joined = {"role": "candidate", "joined_at": utc(BEGAN)}
    members = [
        {"cohort_id": cohorts[number // IN_COHORT], "candidate_id": person(number), **joined}
        for number in range(PEOPLE)
    ]
    database = Database.open(url)
    with database.writing() as connection:
        connection.execute(insert(cohort_tables.cohorts), [{"id": c, "name": c, **shared} for c in cohorts])
        connection.execute(insert(cohort_tables.members), members)
    database.close()


# --- one writer ------------------------------------------------------------------------------


def write(url: str, file: Path, numbers: range, ready: Callable[[], object] = lambda: None) -> None:
    """Save these answers; a line in `file` for each that was acknowledged, and none of those again."""
    done = set(read(file).answers)
    database = _opened(url)
    session = database.session()
    sample()
    ready()
    with file.open("a", buffering=1) as notes:
        for number in numbers:
            result = answer(number)
            if result.attempt.id in done:
                continue
            began, worked = time.perf_counter(), time.process_time()
            while not _saved(session.answers.save, result):
                notes.write("refused\n")
                time.sleep(TRY_AGAIN_SECONDS)
            notes.write(_line(result.attempt.id, began, worked))
    database.close()


def write_bare(url: str, file: Path, numbers: range, ready: Callable[[], object] = lambda: None) -> None:
    """The floor: the same rows with psycopg's COPY and as many commits, without anything else."""
    import psycopg

    with psycopg.connect(url.replace("+psycopg", "")) as connection, file.open("a", buffering=1) as notes:
        rows = {"attempts": [attempt_row(answer(0).attempt)], **result_rows(answer(0), BEGAN)}
        connection.commit()
        ready()
        for number in numbers:
            own = {"attempt_id": answer(number).attempt.id}
            began, worked = time.perf_counter(), time.process_time()
            for name in ("attempts", *(table.name for table in tables.OF_ATTEMPT if table.name in rows)):
                own["id"] = own["attempt_id"]
                columns = list(rows[name][0])
                into = f"COPY {name} ({', '.join(columns)}) FROM STDIN"
                with connection.cursor() as cursor, cursor.copy(into.encode()) as copy:
                    for row in rows[name]:
                        copy.write_row([own.get(column, row[column]) for column in columns])
            connection.commit()
            notes.write(_line(own["id"], began, worked))


def _line(name: str, began: float, worked: float) -> str:
    taken, cpu = time.perf_counter() - began, time.process_time() - worked
    return f"{name} {1000 * taken:.3f} {1000 * cpu:.3f}\n"


def read(file: Path) -> Noted:
    """What a writer noted; a line that it was killed in the middle of counts as not noted."""
    lines = file.read_text().splitlines(keepends=True) if file.exists() else []
    whole = [line.split() for line in lines if line.endswith("\n")]
    saved = [line for line in whole if len(line) == 3]
    taken, cpu = (tuple(float(line[place]) for line in saved) for place in (1, 2))
    return Noted(tuple(line[0] for line in saved), taken, cpu, len(whole) - len(saved))


def _opened(url: str) -> Database:
    """The database, as soon as it can be reached; whoever watches a server starts it until then."""
    while True:
        try:
            return Database.open(url)
        except RehearseError:
            time.sleep(TRY_AGAIN_SECONDS)


def _saved(save: Callable[[AttemptResult], None], result: AttemptResult) -> bool:
    try:
        save(result)
    except RehearseError:
        return False
    return True


# --- all of them -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be written: so many answers by so many processes, through the product or bare."""

    server: Server
    folder: Path
    answers: int
    writers: int
    bare: bool = False

    def file(self, place: int) -> Path:
        """Where a writer notes what was acknowledged."""
        return self.folder / f"writer-{place}"

    def start(self, place: int, *, together: bool) -> subprocess.Popen[str]:
        """Start a writer; with `together` it waits, when it is ready, for a line."""
        told = [self.server.url, str(self.file(place)), str(place), str(self.answers), str(self.writers)]
        command = [sys.executable, "-m", "bench.scale_writers", "bare" if self.bare else "store", *told]
        way = subprocess.PIPE if together else subprocess.DEVNULL
        return subprocess.Popen(command, cwd=PROJECT_ROOT, stdin=way, stdout=way, text=True)


def run(work: Work, *, faults: bool = False) -> Outcome:
    """Have everything written, and look at what is there afterwards."""
    running = [work.start(place, together=True) for place in range(work.writers)]
    try:
        for one in running:
            assert one.stdout is not None
            one.stdout.readline()
        began, worked = time.perf_counter(), work.server.cpu_seconds()
        for one in running:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.close()
        kills, stops = _disturb(work, running) if faults else (0, 0)
        if any(one.wait() for one in running):
            raise SystemExit("A writer ended before it was through.")
        seconds = time.perf_counter() - began
        served = None if stops else work.server.cpu_seconds() - worked
    finally:
        for one in running:
            one.kill()
            one.wait()
            if one.stdout is not None:
                one.stdout.close()
    return replace(look(work, seconds, served), kills=kills, stops=stops)


def _disturb(work: Work, running: list[subprocess.Popen[str]]) -> tuple[int, int]:
    """Kill writers and stop the server, until they are through; how often each was done."""
    dice, kills, stops = random.Random(20), 0, 0
    while any(one.poll() is None for one in running):
        time.sleep(dice.uniform(*BETWEEN_FAULTS_SECONDS))
        place = dice.randrange(work.writers)
        if (kills + stops) % (KILLS_FOR_A_STOP + 1) == KILLS_FOR_A_STOP:
            work.server.stop_at_once()
            work.server.start()
            stops += 1
        elif running[place].poll() is None:
            running[place].kill()
            running[place].wait()
            if (told := running[place].stdout) is not None:
                told.close()
            running[place] = work.start(place, together=False)
            kills += 1
    return kills, stops


def look(work: Work, seconds: float, served_seconds: float | None = None) -> Outcome:
    """Hold what was acknowledged against what is in the database."""
    noted = [read(work.file(place)) for place in range(work.writers)]
    acknowledged = Counter(one for writer in noted for one in writer.answers)
    database = Database.open(work.server.url)
    with database.reading() as connection:
        stored = set(connection.execute(select(tables.attempts.c.id)).scalars())
        fewer, more = _amiss(connection)
    wrong = 0 if work.bare else rollups_wrong(database)
    database.close()
    return Outcome(
        acknowledged=len(acknowledged),
        lost=len(acknowledged.keys() - stored),
        double=len(more) + sum(1 for times in acknowledged.values() if times > 1),
        partial=len(fewer),
        rollups_wrong=wrong,
        seconds=seconds,
        taken_ms=[taken for writer in noted for taken in writer.taken_ms],
        writer_cpu_ms=sum(sum(writer.cpu_ms) for writer in noted) / max(1, len(acknowledged)),
        server_cpu_ms=1000 * served_seconds / max(1, len(acknowledged)) if served_seconds else None,
        refused=sum(writer.refused for writer in noted),
        kills=0,
        stops=0,
    )


def _amiss(connection: Connection) -> tuple[set[str], set[str]]:
    """The answers of which some table has fewer rows than of a whole one, and more."""
    fewer: set[str] = set()
    more: set[str] = set()
    for name, rows in rows_of_one().items():
        found = connection.execute(
            text(
                f"""SELECT attempts.id, count(part.attempt_id) AS n
                FROM attempts LEFT JOIN {name} AS part ON part.attempt_id = attempts.id
                GROUP BY attempts.id HAVING count(part.attempt_id) <> :rows"""
            ),
            {"rows": rows},
        )
        for row in found:
            (fewer if row.n < rows else more).add(row.id)
    return fewer, more


def rollups_wrong(database: Connected) -> int:
    """Rows of roll-ups that are not as they are when all are made again."""
    with database.writing() as connection:
        kept = _rolled_up(connection)
        rollups.rebuild(connection)
        again = _rolled_up(connection)
    return sum(((kept - again) + (again - kept)).values())


def _rolled_up(connection: Connection) -> Counter[tuple[Any, ...]]:
    return Counter(
        (table.name, *(round(value, 6) if isinstance(value, float) else value for value in row))
        for table in cohort_tables.ROLLUPS_OF_PERSON
        for row in connection.execute(select(table))
    )


def _tell_and_wait() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    kind, where, notes, *which = sys.argv[1:]
    first, until, step = map(int, which)
    {"store": write, "bare": write_bare}[kind](where, Path(notes), range(first, until, step), _tell_and_wait)
