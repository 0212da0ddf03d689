import bisect
import hashlib


class Ring:
    def __init__(self, points=100):
        self.points, self.ring = points, ()

    def add(self, node):
        fresh = [(place(f"{node}#{number}"), node) for number in range(self.points)]
        self.ring = tuple(sorted({*self.ring, *fresh}))

    def remove(self, node):
        self.ring = tuple(entry for entry in self.ring if entry[1] != node)

    def owner(self, key):
        found = self.owners(key, 1)
        if not found:
            raise LookupError("the ring has no nodes")
        return found[0]

    def owners(self, key, count):
        ring, found = self.ring, []
        first = bisect.bisect_left(ring, (place(key), ""))
        for step in range(len(ring)):
            node = ring[(first + step) % len(ring)][1]
            if node not in found:
                found.append(node)
            if len(found) == count:
                break
        return found


def place(text):
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
