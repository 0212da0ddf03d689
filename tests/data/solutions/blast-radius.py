from collections import defaultdict, deque


def affected(calls, failed):
    if all(failed not in (caller, callee) for caller, callee, _ in calls):
        raise ValueError(f"{failed} is unknown")
    critical, any_call = defaultdict(set), defaultdict(set)
    for caller, callee, is_critical in calls:
        any_call[callee].add(caller)
        if is_critical:
            critical[callee].add(caller)
    down = reached(critical, [failed])
    everything = reached(any_call, [failed])
    victims = sorted((distance, name) for name, distance in down.items() if name != failed)
    return {
        "down": [(name, distance) for distance, name in victims],
        "degraded": sorted(set(everything) - set(down)),
    }


def reached(callers, start):
    distance, waiting = dict.fromkeys(start, 0), deque(start)
    while waiting:
        service = waiting.popleft()
        for caller in callers[service]:
            if caller not in distance:
                distance[caller] = distance[service] + 1
                waiting.append(caller)
    return distance
