import heapq
import itertools
import logging
import threading
import time


class Timers:
    def __init__(self):
        self.heap, self.alive, self.numbers, self.lock = [], {}, itertools.count(), threading.Lock()

    def schedule(self, task, delay):
        with self.lock:
            handle = next(self.numbers)
            self.alive[handle] = task
            heapq.heappush(self.heap, (time.monotonic() + delay, handle))
            return handle

    def cancel(self, handle):
        with self.lock:
            stopped = self.alive.pop(handle, None) is not None
            if len(self.heap) > 2 * len(self.alive) + 100:
                self.heap = [entry for entry in self.heap if entry[1] in self.alive]
                heapq.heapify(self.heap)
            return stopped

    def run_due(self):
        ran = 0
        while (task := self.take()) is not None:
            ran += 1
            try:
                task()
            except Exception:
                logging.debug("a task failed", exc_info=True)
        return ran

    def take(self):
        with self.lock:
            while self.heap and self.heap[0][0] <= time.monotonic():
                task = self.alive.pop(heapq.heappop(self.heap)[1], None)
                if task is not None:
                    return task
        return None

    def waiting(self):
        return len(self.heap)
