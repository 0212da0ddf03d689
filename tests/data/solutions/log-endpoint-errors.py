import heapq
from collections import Counter


def worst_paths(lines, k=10, fewest=100):
    total, errors = Counter(), Counter()
    for line in lines:
        parts = line.split()
        if len(parts) != 5 or not parts[3].isdigit():
            continue
        segments = parts[2].split("?")[0].split("/")
        path = "/".join("{id}" if segment.isdigit() else segment for segment in segments)
        total[path] += 1
        errors[path] += 500 <= int(parts[3]) <= 599
    shares = ((path, errors[path] / seen) for path, seen in total.items() if seen >= fewest)
    return heapq.nsmallest(k, shares, key=lambda pair: (-pair[1], pair[0]))
