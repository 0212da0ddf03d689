import random
import time


class Temporary(Exception):
    pass


def call(operation, attempts=4, base=0.1, longest=2.0, deadline=None):
    began = time.monotonic()
    for attempt in range(attempts):
        try:
            return operation()
        except Temporary:
            wait = random.uniform(0, min(longest, base * 2**attempt))
            over = deadline is not None and time.monotonic() - began + wait > deadline
            if attempt == attempts - 1 or over:
                raise
            time.sleep(wait)
