from urllib.parse import unquote


class Node:
    def __init__(self):
        self.literals, self.parameter, self.route = {}, None, None


class Router:
    def __init__(self):
        self.root = Node()

    def add(self, pattern, handler):
        node, names = self.root, []
        for segment in split(pattern):
            if segment.startswith("{") and segment.endswith("}"):
                names.append(segment[1:-1])
                node.parameter = node.parameter or Node()
                node = node.parameter
            else:
                node = node.literals.setdefault(segment, Node())
        if node.route is not None:
            raise ValueError(f"{pattern} is registered already")
        node.route = handler, tuple(names)

    def match(self, path):
        found = find(self.root, split(path), 0, ())
        if found is None:
            return None
        (handler, names), values = found
        return handler, dict(zip(names, map(unquote, values), strict=False))


def split(path):
    path = path.removeprefix("/").removesuffix("/")
    return path.split("/") if path else []


def find(node, segments, at, values):
    if at == len(segments):
        return (node.route, values) if node.route else None
    segment = segments[at]
    if segment in node.literals and (found := find(node.literals[segment], segments, at + 1, values)):
        return found
    if node.parameter and segment:
        return find(node.parameter, segments, at + 1, (*values, segment))
    return None
