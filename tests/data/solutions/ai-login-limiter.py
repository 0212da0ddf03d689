import time
from collections import defaultdict, deque


class Limiter:
    def __init__(self, limit, seconds=60):
        self.limit = limit
        self.seconds = seconds
        self.accepted = defaultdict(deque)

    def allow(self, key):
        now = time.monotonic()
        times = self.accepted[key]
        self._forget(times, now)
        if len(times) >= self.limit:
            return False
        times.append(now)
        return True

    def sweep(self):
        now = time.monotonic()
        for key, times in list(self.accepted.items()):
            self._forget(times, now)
            if not times:
                del self.accepted[key]

    def size(self):
        return len(self.accepted)

    def _forget(self, times, now):
        while times and times[0] <= now - self.seconds:
            times.popleft()
