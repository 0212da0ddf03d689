import threading


class Conflict(Exception):
    pass


class Store:
    def __init__(self):
        self.versions, self.number, self.lock = {}, 0, threading.Lock()

    def begin(self):
        return Transaction(self, self.number)


class Transaction:
    def __init__(self, store, snapshot):
        self.store, self.snapshot, self.writes, self.over = store, snapshot, {}, False

    def get(self, key):
        self.check()
        if key in self.writes:
            return self.writes[key]
        for number, value in reversed(self.store.versions.get(key, ())):
            if number <= self.snapshot:
                return value
        return None

    def put(self, key, value):
        self.check()
        self.writes[key] = value

    def delete(self, key):
        self.put(key, None)

    def commit(self):
        self.check()
        self.over = True
        store = self.store
        with store.lock:
            for key in self.writes:
                versions = store.versions.get(key)
                if versions and versions[-1][0] > self.snapshot:
                    raise Conflict(key)
            for key, value in self.writes.items():
                store.versions.setdefault(key, []).append((store.number + 1, value))
            store.number += bool(self.writes)

    def rollback(self):
        self.check()
        self.over = True

    def check(self):
        if self.over:
            raise ValueError("this transaction is over")
