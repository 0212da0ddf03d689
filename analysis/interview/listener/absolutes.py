"""Claims that leave no exception: worth testing whether they hold or not. Pure."""

from __future__ import annotations

import re

_ABSOLUTE = re.compile(
    r"\b(?:never|always|impossible|identical|guarantee\w*|exactly once|no matter (?:what|how|which)"
    r"|nobody (?:else )?can|nothing (?:is|gets|can)|can ?(?:not|n't|'t) (?:be|happen|lose|get|come|drift)"
    r"|(?<!\bi )(?<!\bwe )(?<!\byou )(?<!\bit )can(?:not|['’]t)\s+(?!do\b)\w+"
    r"|whatever happens)\b",
    re.IGNORECASE,
)
"""Words that leave no exception. What is so claimed is worth testing whether it holds or not."""
_SOFTENED = re.compile(
    r"\b(?:not|hardly|rarely|seldom|\w+n['’]t)\s+(?:\w+\s+)?(?:always|never|guarantee)"
    r"|\bexactly once\b.*(?:n['’]t|\bnot|\bno)\b",
    re.I,
)


def is_absolute(text: str) -> bool:
    """Whether the text claims something without exception."""
    return bool(_ABSOLUTE.search(text)) and not _SOFTENED.search(text)
