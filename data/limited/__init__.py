"""The limited worker: whatever reads a stranger's bytes does so in a child process that cannot cost much.

Lowest layer: it imports nothing of ours but `data.domain`, so that `analysis` and `data` may both use it.
"""

from data.limited.limits import LimitExceeded, Limits
from data.limited.running import run_limited, stream_limited

__all__ = ["LimitExceeded", "Limits", "run_limited", "stream_limited"]
