from collections import deque


class Permissions:
    def __init__(self, includes):
        self.includes, self.grants, self.folders = includes, {}, {}

    def grant(self, obj, relation, subject):
        self.grants.setdefault((obj, relation), set()).add(subject)

    def revoke(self, obj, relation, subject):
        self.grants.get((obj, relation), set()).discard(subject)

    def put_in(self, obj, folder):
        self.folders[obj] = folder

    def check(self, user, relation, obj):
        visited, waiting = {(obj, relation)}, deque([(obj, relation)])
        while waiting:
            place = waiting.popleft()
            if user in self.grants.get(place, ()):
                return True
            for following in self._from(place):
                if following not in visited:
                    visited.add(following)
                    waiting.append(following)
        return False

    def _from(self, place):
        obj, relation = place
        yield from (subject for subject in self.grants.get(place, ()) if isinstance(subject, tuple))
        yield from ((obj, included) for included in self.includes.get(relation, ()))
        if obj in self.folders:
            yield self.folders[obj], relation
