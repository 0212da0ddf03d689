import threading
import time
from collections import OrderedDict


class Cache:
    def __init__(self, capacity):
        self.capacity, self.entries, self.lock = capacity, OrderedDict(), threading.Lock()

    def get(self, key):
        with self.lock:
            if key not in self.entries:
                return None
            value, expires = self.entries[key]
            if expires is not None and time.monotonic() >= expires:
                del self.entries[key]
                return None
            self.entries.move_to_end(key)
            return value

    def put(self, key, value, ttl=None):
        with self.lock:
            self.entries[key] = value, None if ttl is None else time.monotonic() + ttl
            self.entries.move_to_end(key)
            while len(self.entries) > self.capacity:
                self.entries.popitem(last=False)
