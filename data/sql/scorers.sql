-- Which scorers and versions have judged this candidate, the most recently used first.
-- scope: candidate
-- reads: content
SELECT scorer, scorer_version, rubric_version, count(DISTINCT attempt_id) AS n, max(scored_at) AS last_at
FROM scores
WHERE candidate_id = :candidate_id AND level IS NOT NULL AND counted(scores)
GROUP BY scorer, scorer_version, rubric_version
ORDER BY last_at DESC, scorer, scorer_version
