"""Data in, Plotly figure out; the only home of plotly. One look for light and dark (see `theme`).

Every figure labels its axes with unit and n, draws uncertainty, says so when there is nothing to draw, and
carries a sentence for people who cannot see it (`describe`).
"""

from analysis.charts.cohort_charts import heard_of_cohort, level_spread, means, readiness
from analysis.charts.overview import calibration, coverage_heatmap, level_bars, practice_time
from analysis.charts.quotes_in_time import evidence_timeline, step_shares
from analysis.charts.theme import criterion_colour, describe
from analysis.charts.timelines import gaze_timeline, posture_timeline, speech_timeline
from analysis.charts.trends import Mark, competency_trend, coverage_trend, delivery_trend, signal_trend

__all__ = [
    "Mark",
    "calibration",
    "competency_trend",
    "coverage_heatmap",
    "coverage_trend",
    "criterion_colour",
    "delivery_trend",
    "describe",
    "evidence_timeline",
    "gaze_timeline",
    "heard_of_cohort",
    "level_bars",
    "level_spread",
    "means",
    "posture_timeline",
    "practice_time",
    "readiness",
    "signal_trend",
    "speech_timeline",
    "step_shares",
]
