def split(cents, shares):
    if not shares or min(shares.values()) < 0 or not any(shares.values()):
        raise ValueError("weights must be at least 0 and not all 0")
    total = sum(shares.values())
    parts = {name: cents * weight // total for name, weight in shares.items()}
    left = cents - sum(parts.values())
    order = sorted(shares, key=lambda name: (-(cents * shares[name] % total), name))
    for name in order[:left]:
        parts[name] += 1
    return parts
