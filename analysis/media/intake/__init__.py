"""A stranger's recording becomes one of ours: everything that can be decoded, on one clock, within limits.

`take_in` is the door; the other modules run in the limited worker.
"""

from analysis.media.intake.take_in import TakenIn, take_in

__all__ = ["TakenIn", "take_in"]
