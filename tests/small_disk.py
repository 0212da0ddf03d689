"""A disk that is full as far as one process is concerned: no file of it grows beyond a size."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """Until the block ends, every write behind `size` bytes of a file fails, whoever in the process does it.

    Python leaves out the signal that would come with it, so that the write itself is refused, as on a disk
    that is full or a quota that is used up.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
