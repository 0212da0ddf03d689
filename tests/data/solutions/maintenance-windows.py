import bisect


def merged(windows):
    result = []
    for start, end in sorted(windows):
        if end < start:
            raise ValueError(f"a window ends at {end}, before it starts at {start}")
        if start == end:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def is_in(windows, time):
    place = bisect.bisect_right(windows, (time, float("inf"))) - 1
    return place >= 0 and time < windows[place][1]
