import secrets
import threading
import time


class Sessions:
    def __init__(self, idle, longest):
        self.idle, self.longest = idle, longest
        self.sessions, self.tokens, self.lock = {}, {}, threading.Lock()

    def create(self, user):
        with self.lock:
            now = time.monotonic()
            self._sweep(now)
            token = secrets.token_urlsafe(32)
            self.sessions[token] = [user, now, now]
            self.tokens.setdefault(user, set()).add(token)
            return token

    def user(self, token):
        with self.lock:
            now = time.monotonic()
            if token not in self.sessions:
                return None
            if self._over(token, now):
                self._remove(token)
                return None
            self.sessions[token][2] = now
            return self.sessions[token][0]

    def end(self, token):
        with self.lock:
            if token in self.sessions:
                self._remove(token)

    def end_all(self, user):
        with self.lock:
            now = time.monotonic()
            tokens = list(self.tokens.get(user, ()))
            running = sum(not self._over(token, now) for token in tokens)
            for token in tokens:
                self._remove(token)
            return running

    def _over(self, token, now):
        _, began, used = self.sessions[token]
        return now - used >= self.idle or now - began >= self.longest

    def _remove(self, token):
        user = self.sessions.pop(token)[0]
        self.tokens[user].discard(token)
        if not self.tokens[user]:
            del self.tokens[user]

    def _sweep(self, now):
        oldest = [token for token, _ in zip(self.sessions, range(5), strict=False)]
        for token in oldest:
            if self._over(token, now):
                self._remove(token)
