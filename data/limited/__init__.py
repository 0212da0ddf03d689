"""The limited worker: whatever reads a stranger's bytes does so in a child process that cannot cost much.

Lowest layer: it imports nothing of ours but `data.domain`, so that `analysis` and `data` may both use it.
"""

from data.limited.running import LimitExceeded, Limits, run_limited

__all__ = ["LimitExceeded", "Limits", "run_limited"]
