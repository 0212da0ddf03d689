"""The numbers that capacity key points state, computed again from the numbers the questions give."""

from __future__ import annotations

from math import log

import pytest

from tests.stored import shipped_questions

DAY, HOUR, YEAR_DAYS = 86_400.0, 3_600.0, 365
TOLERANCE = 0.1
"""Key points round as people do when they speak; a decision never hangs on a tenth."""

KEY_POINTS = {
    question.id: " ".join(point.text for point in question.key_points) for question in shipped_questions()
}

Claim = tuple[str, str, float, float]
"""Question, the words that carry the number, the number as stated, the number computed."""

CLAIMS: tuple[Claim, ...] = (
    ("capacity-url-shortener", "about 40 writes per second", 40, 100e6 / (30 * DAY)),
    ("capacity-url-shortener", "peak factor of five about 200", 200, 5 * 100e6 / (30 * DAY)),
    ("capacity-url-shortener", "about 4,000 reads per second", 4_000, 100 * 100e6 / (30 * DAY)),
    ("capacity-url-shortener", "some 20,000 at peak", 20_000, 5 * 100 * 100e6 / (30 * DAY)),
    ("capacity-url-shortener", "6 billion links", 6e9, 100e6 * 60),
    ("capacity-url-shortener", "3 terabytes", 3e12, 6e9 * 500),
    ("capacity-url-shortener", "3.5 trillion codes", 3.5e12, 62.0**7),
    ("capacity-url-shortener", "only 57 billion", 57e9, 62.0**6),
    ("capacity-url-shortener", "80 megabits per second", 80e6, 20_000 * 500 * 8),
    ("capacity-url-shortener", "700 thousand entries", 700e3, 100e6 / 30 / 5),
    ("capacity-url-shortener", "350 megabytes", 350e6, 700e3 * 500),
    ("capacity-availability-math", "about 43 minutes", 43, 0.001 * 30 * 1440),
    ("capacity-availability-math", "only about 22", 22, 0.0005 * 30 * 1440),
    ("capacity-availability-math", "about 99.4 percent", 0.6, 100 * (1 - 0.999**6)),
    ("capacity-availability-math", "one time in a million", 1e-6, 0.001**2),
    ("capacity-backfill", "which is 46 days", 46, 2e9 / 500 / DAY),
    ("capacity-backfill", "need 16 workers", 16, 8_000 / 500),
    ("capacity-backfill", "288 plus 151 million", 439e6, 10 * HOUR * 8_000 + 14 * HOUR * 3_000),
    ("capacity-backfill", "four and a half days", 4.5, 2e9 / (10 * HOUR * 8_000 + 14 * HOUR * 3_000)),
    ("capacity-photo-service", "about 580 uploads per second", 580, 50e6 / DAY),
    ("capacity-photo-service", "161 terabytes", 161e12, 50e6 * 3.22e6),
    ("capacity-photo-service", "about 176 petabytes", 176e15, 50e6 * 3.22e6 * 3 * YEAR_DAYS),
    ("capacity-photo-service", "about 265 petabytes", 265e15, 1.5 * 50e6 * 3.22e6 * 3 * YEAR_DAYS),
    ("capacity-photo-service", "18 gigabits per second", 18e9, 2e9 / DAY * 100e3 * 8),
    ("capacity-photo-service", "55 gigabits per second", 55e9, 3 * 2e9 / DAY * 100e3 * 8),
    ("capacity-photo-service", "14 gigabits per second", 14e9, 50e6 / DAY * 3e6 * 8),
    ("capacity-photo-service", "over 1,100 resize jobs", 1_100, 2 * 50e6 / DAY),
    ("capacity-chat-throughput", "about 46,000 per second", 46_000, 100e6 * 40 / DAY),
    ("capacity-chat-throughput", "over 400,000 at peak", 400_000, 3 * 3 * 100e6 * 40 / DAY),
    ("capacity-chat-throughput", "about 440 a year", 440e12, 4e9 * 300 * YEAR_DAYS),
    ("capacity-chat-throughput", "1.3 petabytes with three copies", 1.3e15, 3 * 4e9 * 300 * YEAR_DAYS),
    ("capacity-chat-throughput", "about 500 gateways", 500, 50e6 / 100e3),
    ("capacity-chat-throughput", "over 40 nodes", 40, 140_000 * 3 / 10_000),
    ("capacity-video-egress", "5 terabits per second", 5e12, 1e6 * 5e6),
    ("capacity-video-egress", "about 3,500 viewers", 3_500, 25e9 * 0.7 / 5e6),
    ("capacity-video-egress", "some 290 edge servers", 290, 1e6 / 3_500),
    ("capacity-video-egress", "250,000 requests per second", 250_000, 1e6 / 4),
    ("capacity-video-egress", "6.75 petabytes", 6.75e15, 5e12 / 8 * 3 * HOUR),
    ("capacity-video-egress", "67,500 dollars", 67_500, 6.75e15 / 1e9 * 0.01),
    ("capacity-thread-pool", "40 requests in progress", 40, 400 * 0.1),
    ("capacity-thread-pool", "about 14 cores", 14, 400 * 0.02 / 0.6),
    ("capacity-thread-pool", "200 threads must be busy", 200, 400 * 0.5),
    ("capacity-cache-memory", "at least 92 percent", 0.92, 1 - 5_000 / 60_000),
    ("capacity-cache-memory", "24 gigabytes of values", 24e9, 0.3 * 40e6 * 2e3),
    ("capacity-cache-memory", "1,800 reads per second", 1_800, 60_000 * 0.03),
    ("capacity-cache-memory", "takes over an hour", 4_000, 12e6 / 3_000),
    ("capacity-cache-memory", "once in 74 seconds", 74, 0.1 * 40e6 / (0.9 * 60_000)),
    ("capacity-cache-memory", "about 40 percent hits", 0.40, 0.9 * (60 / 74) / (1 + 60 / 74)),
    ("capacity-log-pipeline", "300 megabytes per second", 300e6, 2_000 * 500 * 300),
    ("capacity-log-pipeline", "about 26 terabytes a day", 26e12, 300e6 * DAY),
    ("capacity-log-pipeline", "about 1.6 petabytes", 1.6e15, 2 * 30 * 300e6 * DAY),
    ("capacity-log-pipeline", "about 200 nodes", 200, 2 * 30 * 300e6 * DAY / 8e12),
    ("capacity-log-pipeline", "about 950 terabytes", 950e12, YEAR_DAYS * 300e6 * DAY / 10),
    ("capacity-log-pipeline", "19,000 dollars", 19_000, YEAR_DAYS * 300e6 * DAY / 10 / 1e9 * 0.02),
    ("capacity-log-pipeline", "6.5 terabytes per copy", 6.5e12, 300e6 * 6 * HOUR),
    ("capacity-tail-latency", "63 percent of requests", 0.63, 1 - 0.99**100),
    ("capacity-tail-latency", "about 1 percent slow", 0.01, 1 - 0.9999**100),
    ("capacity-tail-latency", "only 10 percent", 0.1, 1 - 0.99**10),
    ("capacity-kafka-partitions", "80 consumers", 80, 200_000 / 2_500),
    ("capacity-kafka-partitions", "nine run at two thirds", 2 / 3, 3 * 200 / (9 * 100)),
    ("capacity-kafka-partitions", "lifts them to 75 percent", 0.75, 3 * 200 / (8 * 100)),
    ("capacity-kafka-partitions", "hold 60 terabytes", 60e12, 100e6 * 7 * DAY),
    ("capacity-kafka-partitions", "720 million events", 720e6, 200_000 * HOUR),
    ("capacity-kafka-partitions", "in two hours", 2, 720e6 / (120 * 2_500 - 200_000) / HOUR),
    ("capacity-connections", "about 200 gigabytes", 200e9, 10e6 * 20e3),
    ("capacity-connections", "333,000 messages per second", 333_000, 10e6 / 30),
    ("capacity-connections", "the 2,300 everyday notifications", 2_300, 20 * 10e6 / DAY),
    ("capacity-connections", "167,000 sends per second", 167_000, 10e6 / 60),
    ("capacity-connections", "need 13 seconds", 13, 500_000 / (19 * 2_000)),
    ("capacity-connections", "over four minutes", 250, 10e6 / 40_000),
    ("capacity-connections", "about 800 reconnects per second", 800, 500_000 / 600),
    ("capacity-vector-search", "1.5 terabytes before any index", 1.5e12, 768 * 4 * 500e6),
    ("capacity-vector-search", "nine machines for one copy", 8.5, 1.7e12 / 200e9),
    ("capacity-vector-search", "about 400 gigabytes", 400e9, 768 * 500e6),
    ("capacity-vector-search", "takes 75 seconds", 75, 1.5e12 / 20e9),
    ("capacity-vector-search", "still eight on nine", 8.5, 1.5e12 / 20e9 / 9),
    ("capacity-vector-search", "almost six days", 5.8, 500e6 / 1_000 / DAY),
    ("capacity-vector-search", "14 hours on ten", 14, 500e6 / 10_000 / HOUR),
    ("capacity-driver-locations", "250,000 position writes", 250_000, 1e6 / 4),
    ("capacity-driver-locations", "about 540 gigabytes a day", 540e9, 500_000 / 4 * 50 * DAY),
    ("capacity-driver-locations", "49 terabytes in 90 days", 49e12, 500_000 / 4 * 50 * DAY * 90),
    ("ad-click-aggregation", "200 megabytes per second", 200e6, 1e6 * 200),
    ("ad-click-aggregation", "about seven terabytes a day", 7e12, 400_000 * 200 * DAY),
    ("audit-log", "about 63 terabytes a year", 63e12, 2_000 * 1_000 * DAY * YEAR_DAYS),
    ("cdn-purge", "about a billion", 1e9, 50_000 * 300 * 70),
    ("chat-service", "250 gateways", 250, 50e6 / 200_000),
    ("collaborative-docs", "six million out", 6e6, 1e6 * 2 * 3),
    ("capacity-llm-serving", "room for 500,000 tokens", 500_000, (160e9 - 70e9 - 10e9) / 160e3),
    ("capacity-llm-serving", "about 208 of them", 208, 500_000 / (2_000 + 400)),
    ("capacity-llm-serving", "about 25 milliseconds for all", 25, 1_000 * 150e9 / (2 * 3e12)),
    ("capacity-llm-serving", "400 tokens take 10 seconds", 10, 400 * 0.025),
    ("capacity-llm-serving", "500 requests are in progress", 500, 50 * 10),
    ("capacity-llm-serving", "about 2.4 pairs", 2.4, 500 / 208),
    ("capacity-llm-serving", "takes 5 pairs by itself", 5, 50 * 2_000 / 20_000),
    ("capacity-llm-serving", "to spare are 10", 10, 1.3 * (2.4 + 5)),
    ("capacity-llm-serving", "free 2.5 pairs", 2.5, 50 * 2_000 / 2 / 20_000),
    ("capacity-python-workers", "takes 9 cores", 9, 300 * 0.03),
    ("capacity-python-workers", "use 15 cores", 15, 300 * 0.03 / 0.6),
    ("capacity-python-workers", "45 requests are in progress", 45, 300 * 0.15),
    ("capacity-python-workers", "about 64 processes", 64, 300 * 0.15 / 0.7),
    ("capacity-python-workers", "computes a fifth", 0.2, 0.03 / 0.15),
    ("capacity-python-workers", "take 16 gigabytes", 16e9, 64 * 250e6),
    ("capacity-python-workers", "take only 4", 4e9, 16 * 250e6),
    ("capacity-python-workers", "345 requests are in progress", 345, 300 * 1.15),
    ("data-chat-store", "about 23,000 writes per second", 23_000, 2e9 / DAY),
    ("data-time-series", "about 43 billion a day", 43e9, 100_000 * 50 / 10 * DAY),
    ("data-time-series", "about 86 gigabytes a day", 86e9, 2 * 43.2e9),
    ("data-connection-pool", "about twenty connections", 20, 4_000 * 0.005),
    ("data-backup-and-restore", "almost three hours", 2.8, 2e12 / 200e6 / HOUR),
    ("data-leaving-one-postgres", "about fifteen months", 15, 12 * log(1 / 0.55) / log(1.6)),
    ("operations-consumer-lag", "over 2 million an hour", 2.1e6, (1_000 - 400) * HOUR),
    ("operations-consumer-lag", "take five hours", 5, 9e6 / (1_500 - 1_000) / HOUR),
    ("operations-consumer-lag", "3,500 in all for one hour", 1, 9e6 / (3_500 - 1_000) / HOUR),
    ("operations-retry-storm", "27 calls", 27, 3**3),
    ("operations-cold-cache", "25 times as many", 25, 1 / 0.04),
)


@pytest.mark.parametrize(("question", "words", "stated", "computed"), CLAIMS)
def test_a_stated_number_follows_from_the_numbers_of_the_question(
    question: str, words: str, stated: float, computed: float
) -> None:
    assert words in KEY_POINTS[question]
    assert stated == pytest.approx(computed, rel=TOLERANCE)


def test_every_capacity_question_has_its_numbers_computed_again() -> None:
    capacity = {question.id for question in shipped_questions() if question.id.startswith("capacity-")}
    assert capacity - {question for question, *_ in CLAIMS} == set()
