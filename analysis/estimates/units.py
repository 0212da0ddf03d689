"""Units of data and time, as bytes and seconds."""

from __future__ import annotations

from dataclasses import dataclass

SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, YEAR = 1.0, 60.0, 3600.0, 86400.0, 604800.0, 2592000.0, 31536000.0


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor` bytes^data * seconds^time."""

    name: str
    factor: float
    data: int = 0
    time: int = 0


TIMES = {
    "ns": 1e-9, "nanosecond": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "microsecond": 1e-6, "ms": 1e-3,
    "msec": 1e-3, "millisecond": 1e-3, "s": SECOND, "sec": SECOND, "second": SECOND, "min": MINUTE,
    "minute": MINUTE, "h": HOUR, "hr": HOUR, "hour": HOUR, "d": DAY, "day": DAY, "wk": WEEK, "week": WEEK,
    "mo": MONTH, "month": MONTH, "y": YEAR, "yr": YEAR, "year": YEAR,
}  # fmt: skip
ADVERBS = {
    "daily": DAY, "hourly": HOUR, "weekly": WEEK, "monthly": MONTH, "yearly": YEAR,
    "annual": YEAR, "annually": YEAR,
}  # fmt: skip
RATES = {
    "qps": SECOND, "rps": SECOND, "tps": SECOND, "wps": SECOND, "iops": SECOND, "ops": SECOND, "rpm": MINUTE,
}  # fmt: skip
_PREFIXES = {"k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12, "p": 1e15, "e": 1e18, "z": 1e21}
_LONG = {"kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12, "peta": 1e15, "exa": 1e18, "zetta": 1e21}
_LONG_BINARY = {"kibi": 2.0**10, "mebi": 2.0**20, "gibi": 2.0**30, "tebi": 2.0**40, "pebi": 2.0**50}
_SPOKEN = {"meg": 1e6, "megs": 1e6, "gig": 1e9, "gigs": 1e9, "terab": 1e12, "petab": 1e15}


def data_unit(word: str) -> Unit | None:
    """The unit of a word such as KB, gigabytes, Mbit or gig; a small b after a prefix is bits."""
    low = word.lower()
    if low in _SPOKEN:
        return Unit(word, _SPOKEN[low], data=1)
    for ending, size in (("bytes", 1.0), ("byte", 1.0), ("bits", 0.125), ("bit", 0.125)):
        if low.endswith(ending):
            scale = _prefix(low.removesuffix(ending))
            return None if scale is None else Unit(word, scale * size, data=1)
    if word == "B":
        return Unit(word, 1.0, data=1)
    if len(word) == 3 and low[1:] == "ib" and low[0] in _PREFIXES:
        power = 10 * (1 + "kmgtpez".index(low[0]))
        return Unit(word, 2.0**power * (1.0 if word[-1] == "B" else 0.125), data=1)
    if len(word) == 2 and low[1] == "b" and low[0] in _PREFIXES:
        is_bits = word[1] == "b" and word[0].isupper()
        return Unit(word, _PREFIXES[low[0]] * (0.125 if is_bits else 1.0), data=1)
    return None


def _prefix(text: str) -> float | None:
    if not text:
        return 1.0
    return _LONG.get(text) or _LONG_BINARY.get(text) or _PREFIXES.get(text)


def speed_unit(word: str) -> Unit | None:
    """Gbps, Mbps, MBps, QPS, IOPS."""
    low = word.lower()
    if low in RATES:
        return Unit(word, 1.0 / RATES[low], time=-1)
    if low.endswith("ps") and len(low) == 4 and low[0] in _PREFIXES and low[1] == "b":
        return Unit(word, _PREFIXES[low[0]] * (1.0 if word[1] == "B" else 0.125), data=1, time=-1)
    return None


def time_unit(word: str) -> float | None:
    """The seconds of a word such as ms, days or yr."""
    low = word.lower()
    if low in TIMES:
        return TIMES[low]
    return TIMES.get(low.removesuffix("s")) if len(low) > 2 else None
