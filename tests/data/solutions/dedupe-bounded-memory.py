import hashlib
import math
import time

SLICES = 6


class Deduper:
    def __init__(self, expected, error, window_seconds):
        each = max(1, expected // SLICES * 2)
        self.bits = max(64, math.ceil(-each * math.log(error / (SLICES + 1)) / math.log(2) ** 2))
        self.hashes = max(1, round(self.bits / each * math.log(2)))
        self.slice_seconds = window_seconds / SLICES
        self.filters = {}

    def is_repeat(self, event_id):
        number = int(time.monotonic() // self.slice_seconds)
        self.filters = {at: bits for at, bits in self.filters.items() if at >= number - SLICES}
        places = self.places(event_id)
        seen = any(all(has(bits, place) for place in places) for bits in self.filters.values())
        newest = self.filters.setdefault(number, bytearray((self.bits + 7) // 8))
        for place in places:
            newest[place // 8] |= 1 << place % 8
        return seen

    def places(self, event_id):
        digest = hashlib.blake2b(event_id.encode(), digest_size=16).digest()
        first, step = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big") | 1
        return [(first + number * step) % self.bits for number in range(self.hashes)]

    def bytes_used(self):
        return (SLICES + 1) * ((self.bits + 7) // 8)


def has(bits, place):
    return bits[place // 8] >> place % 8 & 1
