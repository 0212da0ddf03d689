import threading
import time


class Refused(Exception):
    pass


class Breaker:
    def __init__(self, threshold, rest, counts=(Exception,)):
        self.threshold, self.rest, self.counts = threshold, rest, counts
        self.failures, self.opened, self.trying, self.lock = 0, None, False, threading.Lock()

    def call(self, operation):
        trial = self._enter()
        try:
            result = operation()
        except self.counts:
            self._failed(trial)
            raise
        except BaseException:
            self._worked(trial)
            raise
        self._worked(trial)
        return result

    def _enter(self):
        with self.lock:
            if self.opened is None:
                return False
            if self.trying or time.monotonic() - self.opened < self.rest:
                raise Refused
            self.trying = True
            return True

    def _failed(self, trial):
        with self.lock:
            self.failures += 1
            if trial or (self.opened is None and self.failures >= self.threshold):
                self.opened = time.monotonic()
            self.trying = self.trying and not trial

    def _worked(self, trial):
        with self.lock:
            if trial or self.opened is None:
                self.failures, self.opened = 0, None
            self.trying = self.trying and not trial
