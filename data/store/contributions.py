"""What each member of a cohort gives to each figure that is told of the cohort as a whole.

One `Kind` is one table of figures. `given` selects what single people give, any number of rows each, with
their `cohort_id` and `candidate_id`; `data.store.publishing` decides which figures are told and when.
Nothing finer than the totals here is ever kept: means and spreads of levels go by `LEVEL_STEP`, what was
measured of a voice by `VOICE_STEPS`, and of each person before it is added up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEVEL_STEP = 0.2
"""Means and spreads of levels are told in these steps."""
SHARE_STEP = 0.05
"""So are shares of key points: no count of a few people can be worked out as what is left of a total."""
VOICE_STEPS: Mapping[str, float] = {
    "speech_seconds": 30.0,
    "words": 100.0,
    "speaking_rate_wpm": 20.0,
    "articulation_rate_wpm": 20.0,
    "pauses": 10.0,
    "long_pauses": 5.0,
    "long_pauses_per_minute": 1.0,
    "pause_share": 0.1,
    "filled_pauses_per_minute": 2.0,
    "verbal_fillers_per_minute": 2.0,
    "response_latency_seconds": 1.0,
}
"""A person enters a total with the nearest multiple of the step, in the unit of the measure; the mean of a
cohort is told in halves of it. What is not listed is not told."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One table of figures: what names a figure, what people give to it, and what is told of them."""

    table: str
    names: str
    """Columns that together name a figure of a cohort."""
    given: str
    gives: str
    """What of a row counts as what the person gave: when none of it changes, nothing has changed."""
    told: Mapping[str, str]
    """Column of the table and its total over the rows."""


def _stepped(value: str, step: float | str) -> str:
    """To the nearest step, halves upwards: engines round halves differently."""
    return f"floor(({value}) / {step} + 0.5) * {step}"


_SCORER = "scorer, scorer_version, rubric_version"
_MEAN = _stepped("sum(total) / nullif(sum(n), 0)", LEVEL_STEP)
_VARIANCE = (
    "greatest(0.0, sum(squares) / nullif(sum(n), 0) - sum(total) / nullif(sum(n), 0) "
    "* sum(total) / nullif(sum(n), 0))"
)
_SPREAD = _stepped(f"sqrt({_VARIANCE})", LEVEL_STEP)
_TOTAL = f"coalesce(sum(n) * {_MEAN}, 0)"
_SQUARES = f"coalesce(sum(n) * (({_SPREAD}) * ({_SPREAD}) + ({_MEAN}) * ({_MEAN})), 0)"
_EXACT = "CAST(CAST(sum(total) AS DECIMAL(18, 3)) AS DOUBLE PRECISION)"


def _share_of(column: str) -> str:
    """A total as its share of `n` to a coarse step, times `n`."""
    share = _stepped(f"sum({column}) / nullif(sum(n), 0)", SHARE_STEP)
    return f"coalesce(sum(n) * {share}, 0)"


_STEP_OF_VOICE = (
    "CASE name " + " ".join(f"WHEN '{name}' THEN {step}" for name, step in VOICE_STEPS.items()) + " END"
)

_FROM_BANK = """FROM chosen
    JOIN attempts ON attempts.candidate_id = chosen.candidate_id
        AND attempts.started_at >= chosen.joined_at
    JOIN questions ON questions.id = attempts.question_id"""
"""Only questions of the bank: the text of somebody's own question is nobody else's."""
_WHO = "chosen.cohort_id, chosen.candidate_id"
_ANSWERS = f"""answers AS MATERIALIZED (
        SELECT {_WHO}, attempts.id, attempts.question_id, attempts.status {_FROM_BANK})"""
"""Looked up once for all that is asked of them. PostgreSQL takes the two conditions that join a part to its
answer for independent ones; it would else expect a few rows and hold every one against every question."""
_SCORED_BY = "scores.scorer, scores.scorer_version, scores.rubric_version"
_JUDGED = """FROM answers
    JOIN scores ON scores.attempt_id = answers.id AND scores.candidate_id = answers.candidate_id"""
_BY_ASSESSMENT = f"""FROM answers
    JOIN key_points AS found ON found.attempt_id = answers.id AND found.candidate_id = answers.candidate_id
    JOIN (SELECT attempt_id, candidate_id, assessment_id, {_SCORER} FROM assessments
        WHERE scorer <> '' AND candidate_id IN (SELECT candidate_id FROM chosen)) AS scores
        ON scores.assessment_id = found.assessment_id AND scores.attempt_id = found.attempt_id
        AND scores.candidate_id = found.candidate_id"""
"""Key points belong to whoever scored the same assessment: scorers are never mixed."""
_READ = f"""FROM answers
    JOIN (SELECT attempt_id, candidate_id, {_SCORER} FROM assessments
        WHERE scorer = 'reader' AND candidate_id IN (SELECT candidate_id FROM chosen)) AS scores
        ON scores.attempt_id = answers.id AND scores.candidate_id = answers.candidate_id"""
"""What was read without any level."""
_GAVE = "answers.cohort_id, answers.candidate_id"
_NO_SCORER = "'' AS scorer, '' AS scorer_version, '' AS rubric_version"
_COUNTS = "0.0 AS total, 0.0 AS squares"

_QUESTIONS = f"""
    WITH {_ANSWERS}
    SELECT {_GAVE}, answers.question_id, 'answers' AS kind, '' AS name, {_NO_SCORER},
        sum(CASE WHEN answers.status = 'scored' THEN 1 ELSE 0 END) AS n,
        sum(CASE WHEN answers.status = 'unscored' THEN 1 ELSE 0 END) AS unscored, {_COUNTS}
    FROM answers
    WHERE answers.status IN ('scored', 'unscored')
    GROUP BY {_GAVE}, answers.question_id
    UNION ALL
    SELECT {_GAVE}, answers.question_id, 'judged', '', {_SCORED_BY}, count(DISTINCT answers.id),
        count(*) - count(scores.level), CAST(count(*) AS DOUBLE PRECISION), 0.0
    {_JUDGED}
    GROUP BY {_GAVE}, answers.question_id, {_SCORED_BY}
    UNION ALL
    SELECT {_GAVE}, '', 'judged', '', {_SCORED_BY}, count(DISTINCT answers.id),
        count(*) - count(scores.level), CAST(count(*) AS DOUBLE PRECISION), 0.0
    {_JUDGED}
    GROUP BY {_GAVE}, {_SCORED_BY}
    UNION ALL
    SELECT {_GAVE}, answers.question_id, 'levels', '', {_SCORED_BY}, count(*), 0,
        sum(scores.level), sum(scores.level * scores.level)
    {_JUDGED}
    WHERE scores.level IS NOT NULL
    GROUP BY {_GAVE}, answers.question_id, {_SCORED_BY}
    UNION ALL
    SELECT {_GAVE}, answers.question_id, 'missed', found.text, {_SCORED_BY}, count(DISTINCT answers.id), 0,
        {_COUNTS}
    {_BY_ASSESSMENT}
    WHERE found.status = 'missed'
    GROUP BY {_GAVE}, answers.question_id, found.text, {_SCORED_BY}
    UNION ALL
    SELECT {_GAVE}, answers.question_id, 'judged', '', {_SCORED_BY}, count(DISTINCT answers.id), 0, {_COUNTS}
    {_READ}
    GROUP BY {_GAVE}, answers.question_id, {_SCORED_BY}
    UNION ALL
    SELECT {_GAVE}, '', 'heard', found.competency, {_SCORED_BY}, count(*), 0,
        CAST(sum(CASE WHEN found.status = 'covered' THEN 1 ELSE 0 END) AS DOUBLE PRECISION),
        CAST(sum(CASE WHEN found.status = 'missed' AND own_marks.point IS NOT NULL THEN 1 ELSE 0 END)
            AS DOUBLE PRECISION)
    {_BY_ASSESSMENT} AND scores.scorer = 'reader'
    LEFT JOIN own_marks ON own_marks.attempt_id = found.attempt_id
        AND own_marks.candidate_id = found.candidate_id AND own_marks.point = found.key_point_id
    WHERE found.status IN ('covered', 'missed')
    GROUP BY {_GAVE}, found.competency, {_SCORED_BY}
    UNION ALL
    SELECT {_GAVE}, answers.question_id, 'override', '', overrides.scorer, overrides.scorer_version, '',
        count(*), 0, {_COUNTS}
    FROM answers
    JOIN overrides ON overrides.attempt_id = answers.id AND overrides.candidate_id = answers.candidate_id
    GROUP BY {_GAVE}, answers.question_id, overrides.scorer, overrides.scorer_version"""

KINDS: Mapping[str, Kind] = {
    "weeks": Kind(
        "cohort_weeks",
        f"week, criterion, {_SCORER}",
        f"""SELECT {_WHO}, week, criterion, {_SCORER}, n, total, squares, level1, level2, level3, level4
        FROM chosen JOIN candidate_weeks AS rolled ON rolled.cohort_id = chosen.cohort_id
            AND rolled.candidate_id = chosen.candidate_id
        WHERE n > 0""",
        "n, level1, level2, level3, level4, CAST(total AS DECIMAL(18, 3)), CAST(squares AS DECIMAL(18, 3))",
        {
            "n": "sum(n)",
            "total": _TOTAL,
            "squares": _SQUARES,
            **{name: f"sum({name})" for name in ("level1", "level2", "level3", "level4")},
        },
    ),
    "questions": Kind(
        "cohort_questions",
        f"question_id, kind, name, {_SCORER}",
        _QUESTIONS,
        "n, unscored, CAST(total AS DECIMAL(18, 3)), CAST(squares AS DECIMAL(18, 3))",
        {
            "n": "sum(n)",
            "unscored": "sum(unscored)",
            "total": f"CASE kind WHEN 'levels' THEN {_TOTAL} WHEN 'heard' THEN {_share_of('total')} "
            f"ELSE {_EXACT} END",
            "squares": f"CASE kind WHEN 'levels' THEN {_SQUARES} WHEN 'heard' THEN {_share_of('squares')} "
            "ELSE 0 END",
        },
    ),
    "coverage": Kind(
        "cohort_coverage",
        "category, level",
        f"""SELECT {_WHO}, questions.category, questions.level, attempts.question_id, count(*) AS answers
        {_FROM_BANK}
        WHERE attempts.status IN ('scored', 'unscored')
        GROUP BY {_WHO}, questions.category, questions.level, attempts.question_id""",
        "question_id, answers",
        {"answered": "count(DISTINCT question_id)", "answers": "sum(answers)"},
    ),
    "standings": Kind(
        "cohort_standings",
        f"criterion, {_SCORER}",
        f"""SELECT {_WHO}, criterion, {_SCORER}, rolled.level
        FROM chosen JOIN standings AS rolled ON rolled.cohort_id = chosen.cohort_id
            AND rolled.candidate_id = chosen.candidate_id
        WHERE n >= 3""",
        "CAST(level AS DECIMAL(18, 3))",
        {
            "level": _stepped("percentile_cont(0.5) WITHIN GROUP (ORDER BY level)", 0.5),
            "total": f"count(*) * {_stepped('avg(level)', LEVEL_STEP)}",
            "spread": _stepped("stddev_samp(level)", LEVEL_STEP),
        },
    ),
    "counts": Kind(
        "cohort_counts",
        "week",
        f"""SELECT {_WHO}, week, answers, scored
        FROM chosen JOIN activity AS rolled ON rolled.cohort_id = chosen.cohort_id
            AND rolled.candidate_id = chosen.candidate_id""",
        "answers, scored",
        {"answers": "sum(answers)", "scored": "sum(scored)"},
    ),
    "voice": Kind(
        "cohort_delivery",
        "name, unit, step",
        f"""SELECT {_WHO}, name, unit, {_STEP_OF_VOICE} AS step,
            {_stepped("total / n", f"({_STEP_OF_VOICE})")} AS near
        FROM chosen JOIN candidate_delivery AS rolled ON rolled.cohort_id = chosen.cohort_id
            AND rolled.candidate_id = chosen.candidate_id
        WHERE n > 0 AND name IN ({", ".join(f"'{name}'" for name in VOICE_STEPS)})""",
        "CAST(near AS DECIMAL(18, 3))",
        {"value": _stepped("avg(near)", "(step / 2)")},
    ),
}
