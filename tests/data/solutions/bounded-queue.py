import threading
import time


class Closed(Exception):
    pass


class BoundedQueue:
    def __init__(self, capacity):
        self.items, self.head, self.count, self.closed = [None] * capacity, 0, 0, False
        lock = threading.Lock()
        self.not_full, self.not_empty = threading.Condition(lock), threading.Condition(lock)

    def put(self, item, timeout=None):
        with self.not_full:
            self._wait(self.not_full, lambda: self.closed or self.count < len(self.items), timeout)
            if self.closed:
                raise Closed
            self.items[(self.head + self.count) % len(self.items)] = item
            self.count += 1
            self.not_empty.notify()

    def take(self, timeout=None):
        with self.not_empty:
            self._wait(self.not_empty, lambda: self.closed or self.count > 0, timeout)
            if self.count == 0:
                raise Closed
            item, self.items[self.head] = self.items[self.head], None
            self.head = (self.head + 1) % len(self.items)
            self.count -= 1
            self.not_full.notify()
            return item

    def close(self):
        with self.not_full:
            self.closed = True
            self.not_full.notify_all()
            self.not_empty.notify_all()

    def _wait(self, condition, ready, timeout):
        deadline = None if timeout is None else time.monotonic() + timeout
        while not ready():
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise TimeoutError
            condition.wait(left)
