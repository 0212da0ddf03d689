class Cycle(Exception):
    def __init__(self, ring):
        super().__init__(" -> ".join(ring))
        self.ring = ring


def start_waves(services):
    needs = {name: set(needed) for name, needed in services.items()}
    users = {name: [] for name in needs}
    for name, needed in needs.items():
        for one in needed:
            if one not in needs:
                raise ValueError(f"{name} needs {one}, which is unknown")
            users[one].append(name)
    open_needs = {name: len(needed) for name, needed in needs.items()}
    waves, wave = [], sorted(name for name, count in open_needs.items() if count == 0)
    while wave:
        waves.append(wave)
        for name in wave:
            del open_needs[name]
        following = []
        for name in wave:
            for user in users[name]:
                open_needs[user] -= 1
                if open_needs[user] == 0:
                    following.append(user)
        wave = sorted(following)
    if open_needs:
        raise Cycle(ring_in(needs, open_needs))
    return waves


def ring_in(needs, left):
    path, name = [], next(iter(left))
    while name not in path:
        path.append(name)
        name = next(one for one in needs[name] if one in left)
    return path[path.index(name) :]
