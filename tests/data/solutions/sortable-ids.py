import threading
import time

EPOCH = 1_700_000_000_000


class ClockWentBack(Exception):
    pass


class Ids:
    def __init__(self, worker, patience=0.1):
        if not 0 <= worker < 1024:
            raise ValueError("the worker number needs ten bits")
        self.worker, self.patience = worker, patience
        self.last, self.counter, self.lock = -1, 0, threading.Lock()

    def next(self):
        with self.lock:
            now = self._now()
            if now < self.last - self.patience * 1000:
                raise ClockWentBack(f"{self.last - now} milliseconds")
            if now <= self.last:
                self.counter += 1
                if now < self.last or self.counter > 4095:
                    now = self._wait_until(self.last + (self.counter > 4095))
            if now > self.last:
                self.last, self.counter = now, 0
            return now << 22 | self.worker << 12 | self.counter

    def _wait_until(self, moment):
        while (now := self._now()) < moment:
            time.sleep(max(0.0001, (moment - now) / 1000))
        return now

    def _now(self):
        return int(time.time() * 1000) - EPOCH
