import heapq
from collections import Counter


class TopK:
    def __init__(self):
        self.counts = Counter()

    def add(self, key):
        self.counts[key] += 1

    def top(self, k):
        return heapq.nsmallest(k, self.counts.items(), key=lambda pair: (-pair[1], pair[0]))
