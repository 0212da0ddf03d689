import base64
import json


def page(orders, limit, cursor=None):
    if limit < 1:
        raise ValueError("limit must be at least 1")
    keys = sorted(orders, key=key_of, reverse=True)
    if cursor is not None:
        mark = read(cursor)
        keys = [order for order in keys if key_of(order) < mark]
    shown = keys[:limit]
    return shown, write(key_of(shown[-1])) if len(keys) > limit else None


def key_of(order):
    return order["created"], order["id"]


def write(key):
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def read(cursor):
    try:
        created, number = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, TypeError) as error:
        raise ValueError("not a cursor of this list") from error
    if not (type(created) is int and type(number) is int):
        raise ValueError("not a cursor of this list")
    return created, number
