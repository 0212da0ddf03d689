def apply(events, balances, seen):
    applied = []
    for event in sorted(events, key=lambda event: event["at"]):
        if event["id"] in seen or not _fits(event, balances):
            continue
        balances[event["payer"]] -= event["cents"]
        balances[event["payee"]] += event["cents"]
        seen.add(event["id"])
        applied.append(event["id"])
    return applied


def _fits(event, balances):
    cents = event["cents"]
    if type(cents) is not int or cents <= 0:
        return False
    payer, payee = event["payer"], event["payee"]
    return payer in balances and payee in balances and balances[payer] >= cents
