-- One row per session and camera signal: the median of its answers, with range and the mean share of frames measured.
-- scope: candidate
-- reads: camera
SELECT
    signal_summaries.name,
    signal_summaries.unit,
    attempts.session_id,
    min(attempts.started_at) AT TIME ZONE 'UTC' AT TIME ZONE :zone AS started_at,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY signal_summaries.value) AS value,
    min(signal_summaries.value) AS low,
    max(signal_summaries.value) AS high,
    avg(signal_summaries.coverage) AS coverage,
    count(*) AS n
FROM signal_summaries
JOIN attempts ON attempts.id = signal_summaries.attempt_id
WHERE signal_summaries.candidate_id = :candidate_id
    AND attempts.candidate_id = :candidate_id
    AND signal_summaries.value IS NOT NULL
GROUP BY signal_summaries.name, signal_summaries.unit, attempts.session_id
ORDER BY signal_summaries.name, started_at
