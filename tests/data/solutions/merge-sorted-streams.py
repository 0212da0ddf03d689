import heapq


def merged(streams):
    heap, sources = [], [iter(stream) for stream in streams]
    for number, source in enumerate(sources):
        for time, record in source:
            heap.append((time, number, record))
            break
    heapq.heapify(heap)
    while heap:
        time, number, record = heap[0]
        yield time, record
        for following, record in sources[number]:
            if following < time:
                raise ValueError(f"stream {number} goes back from {time} to {following}")
            heapq.heapreplace(heap, (following, number, record))
            break
        else:
            heapq.heappop(heap)
