import threading
import time


class Limiter:
    def __init__(self, rate, burst):
        self.rate, self.burst, self.buckets, self.lock = rate, burst, {}, threading.Lock()

    def allow(self, key):
        now = time.monotonic()
        with self.lock:
            tokens, last = self.buckets.get(key, (self.burst, now))
            tokens = min(self.burst, tokens + max(0.0, now - last) * self.rate)
            allowed = tokens >= 1 - 1e-9
            self.buckets[key] = (tokens - 1 if allowed else tokens, now)
            return allowed
