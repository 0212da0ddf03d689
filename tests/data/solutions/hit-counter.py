import threading
import time

WINDOW = 300


class HitCounter:
    def __init__(self):
        self.seconds, self.counts, self.lock = [-WINDOW] * WINDOW, [0] * WINDOW, threading.Lock()

    def hit(self):
        now = int(time.monotonic())
        with self.lock:
            if self.seconds[now % WINDOW] != now:
                self.seconds[now % WINDOW], self.counts[now % WINDOW] = now, 0
            self.counts[now % WINDOW] += 1

    def count(self):
        now = int(time.monotonic())
        with self.lock:
            stamped = zip(self.seconds, self.counts, strict=True)
            return sum(count for second, count in stamped if now - second < WINDOW)
