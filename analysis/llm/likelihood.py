"""How likely a model holds "yes", read from the log-probabilities of the first word it would say."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from analysis.llm.completion import of, parsed

LEAST_MASS = 0.01
"""Of probability on "yes" and "no" together; below it the model would say something else."""
_AROUND = " \t\n\r\"'`*.,!:;▁ĠĊ"
MOST_LOOKED_AT = 4
"""Words; the first may be a quotation mark or a blank line."""


def yes_share(body: str) -> float | None:
    """The probability of yes among yes and no; None where the body holds no log-probabilities of them.

    Raises `ValueError` for a body that is not JSON.
    """
    for said, likely in _positions(parsed(body)):
        yes, no = (sum(p for word, p in likely if word == wanted) for wanted in ("yes", "no"))
        if yes + no >= LEAST_MASS:
            return yes / (yes + no) if len(likely) > 1 else (yes or 1.0 - no)
        if said:
            return None
    return None


def is_offered(body: str) -> bool:
    """Whether a body holds log-probabilities at all; raises `ValueError` for one that is not JSON."""
    return any(True for _ in _positions(parsed(body)))


def _positions(whole: object) -> Iterable[tuple[str, list[tuple[str, float]]]]:
    """For each of the first words: the one that was said, and those that were likely, with probability."""
    listed = of(whole, "choices")
    choice = listed[0] if isinstance(listed, list) and listed else None
    told = of(choice, "logprobs")
    places = of(told, "content") if isinstance(told, Mapping) else told
    if not isinstance(places, list):
        places = of(choice, "completion_probabilities") or of(whole, "completion_probabilities")
    if isinstance(places, list):
        for place in places[:MOST_LOOKED_AT]:
            yield _word(_token(place)), _likely(place)
    elif isinstance(tops := of(told, "top_logprobs"), list):  # as completions had it: {" yes": -0.1}
        for top in tops[:MOST_LOOKED_AT]:
            pairs = [(_word(token), _exp(value)) for token, value in _items(top)]
            yield max(pairs, key=lambda pair: pair[1], default=("", 0.0))[0], pairs


def _likely(place: object) -> list[tuple[str, float]]:
    for name in ("top_logprobs", "top_probs", "probs"):
        listed = of(place, name)
        if isinstance(listed, list) and listed:
            return [(_word(_token(one)), _probability(one)) for one in listed]
        if isinstance(listed, Mapping) and listed:
            return [(_word(token), _exp(value)) for token, value in _items(listed)]
    return [(_word(_token(place)), _probability(place))]


def _items(node: object) -> list[tuple[str, Any]]:
    return [(str(name), value) for name, value in node.items()] if isinstance(node, Mapping) else []


def _token(node: object) -> str:
    for name in ("token", "tok_str", "content"):
        if isinstance(found := of(node, name), str):
            return found
    return ""


def _word(token: str) -> str:
    return token.strip(_AROUND).casefold()


def _probability(node: object) -> float:
    shown = of(node, "prob")
    if isinstance(shown, int | float) and not isinstance(shown, bool):
        return float(shown) if 0.0 <= shown <= 1.0 else 0.0
    return _exp(of(node, "logprob"))


def _exp(value: object) -> float:
    """The probability of a log-probability; 0 for what is none."""
    if not isinstance(value, int | float) or isinstance(value, bool) or value != value:
        return 0.0
    return math.exp(max(-1e3, min(0.0, value)))
