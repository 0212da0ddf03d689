"""Reads a page's source and finds data that is drawn as Markdown without `plain()`.

An expression is ours when it is built of constants, numbers, texts of the rubric and calls of `plain`; a name
when everything it is bound to is; a function of the pages when everything it returns is. A parameter is data.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


LABELLED = _words(
    """badge button caption checkbox chat_input date_input dialog download_button error expander feedback
    file_uploader form_submit_button header html info link_button markdown menu_button metric multiselect
    number_input page_link pills popover progress radio segmented_control select_slider selectbox slider
    spinner status subheader success table tabs text_area text_input title toast toggle warning write"""
)
OPTIONS_ARE_MARKDOWN = _words("pills radio segmented_control select_slider")
DRAWN_ARGUMENTS = _words("label body text help title delta caption captions")
SAFE_CALLS = _words(
    "plain plain_lines escape len int float round sum range clock load_rubric load_frame settings_table"
)
PASSING_CALLS = _words(
    "sorted list tuple set frozenset enumerate zip reversed filter next iter min max dict str abs"
)
PASSING_METHODS = _words(
    """strip rstrip lstrip lower upper capitalize title join format items values keys get replace split
    removeprefix removesuffix partition splitlines fromkeys"""
)
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
NUMERIC = re.compile(r".*[dgfeEFGxX%n,]|.*%[A-Za-z].*", re.DOTALL)

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source:
    """One file: its functions, and the modules of the pages it imports."""

    def __init__(self, text: str, root: Path) -> None:
        self.tree = ast.parse(text)
        self.root = root
        self.functions = {node.name: node for node in self.tree.body if isinstance(node, Function)}
        self.modules: dict[str, str] = {}
        self.imported: dict[str, tuple[str, str]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pages"):
                for name in node.names:
                    self.modules[name.asname or name.name] = f"{node.module}.{name.name}"
                    self.imported[name.asname or name.name] = (node.module or "", name.name)
            elif isinstance(node, ast.ImportFrom | ast.Import):
                for name in node.names:
                    self.modules.setdefault(name.asname or name.name, "")

    def function_of(self, call: ast.Call) -> tuple[Source, Function] | None:
        """Where a function of the pages that is called here is defined."""
        target = call.func
        if isinstance(target, ast.Name):
            if target.id in self.functions:
                return self, self.functions[target.id]
            module, name = self.imported.get(target.id, ("", ""))
        elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            module, name = self.modules.get(target.value.id, ""), target.attr
        else:
            return None
        there = _load(self.root, module) if module else None
        return (there, there.functions[name]) if there and name in there.functions else None


@lru_cache(maxsize=256)
def _load(root: Path, module: str) -> Source | None:
    file = root / f"{module.replace('.', '/')}.py"
    return Source(file.read_text(), root) if file.is_file() else None


class Scope:
    """What names are bound to in a function, or in the file outside functions."""

    def __init__(self, source: Source, node: Function | ast.Lambda | ast.Module, outer: Scope | None) -> None:
        self.source = source
        self.outer = outer
        self.bound: dict[str, list[ast.expr | None]] = {}
        self.asking: set[str] = set()
        if not isinstance(node, ast.Module):
            every = node.args
            for argument in (*every.posonlyargs, *every.args, *every.kwonlyargs, every.vararg, every.kwarg):
                if argument:
                    self.bound[argument.arg] = [None]
        for inside in _inside(node):
            self._bind(inside)

    def _bind(self, node: ast.AST) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._bind_target(target, value)
            case ast.AnnAssign(target=target, value=value) if value:
                self._bind_target(target, value)
            case ast.AugAssign(target=target, value=value) | ast.NamedExpr(target=target, value=value):
                self._bind_target(target, value)
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                self._bind_target(target, value)
            case ast.withitem(optional_vars=target) if target:
                self._bind_target(target, None)
            case ast.ExceptHandler(name=str(name)):
                self.bound.setdefault(name, []).append(None)

    def _bind_target(self, target: ast.expr, value: ast.expr | None) -> None:
        if isinstance(target, ast.Name):
            self.bound.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple | ast.List):
            values = value.elts if isinstance(value, ast.Tuple) else [value] * len(target.elts)
            for one, given in zip(target.elts, values, strict=False):
                self._bind_target(one, given)
        elif isinstance(target, ast.Starred):
            self._bind_target(target.value, value)

    def is_ours(self, node: ast.expr | None) -> bool:  # noqa: C901
        """Whether nothing in the expression was written by somebody else."""
        match node:
            case None:
                return False
            case ast.Constant() | ast.Compare() | ast.Lambda():
                return True
            case ast.JoinedStr(values=values):
                return all(self.is_ours(value) for value in values)
            case ast.FormattedValue(value=value, format_spec=spec):
                return self.is_ours(value) or _is_number_format(spec)
            case ast.Name(id=name):
                return self._name_is_ours(name)
            case ast.Attribute(value=value):
                return bool(CONSTANT.fullmatch(node.attr)) or self.is_ours(value)
            case ast.Subscript(value=value) | ast.Starred(value=value) | ast.NamedExpr(value=value):
                return self.is_ours(value)
            case ast.IfExp(body=body, orelse=other):
                return self.is_ours(body) and self.is_ours(other)
            case ast.BoolOp(values=values):
                return all(self.is_ours(value) for value in values)
            case ast.BinOp(left=left, op=operator, right=right):
                return not isinstance(operator, ast.Add | ast.Mod) or (
                    self.is_ours(left) and self.is_ours(right)
                )
            case ast.UnaryOp():
                return True
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                return all(self.is_ours(item) for item in items)
            case ast.Dict(keys=keys, values=values):
                return all(self.is_ours(item) for item in values) and all(
                    self.is_ours(key) for key in keys if key
                )
            case ast.ListComp(elt=item) | ast.GeneratorExp(elt=item) | ast.SetComp(elt=item):
                return self.is_ours(item)
            case ast.DictComp(key=key, value=value):
                return self.is_ours(key) and self.is_ours(value)
            case ast.Call():
                return self._call_is_ours(node)
        return False

    def _name_is_ours(self, name: str) -> bool:
        if CONSTANT.fullmatch(name):
            return True
        if name in self.bound:
            if name in self.asking:
                return True
            self.asking.add(name)
            try:
                return all(self.is_ours(value) for value in self.bound[name])
            finally:
                self.asking.discard(name)
        if self.outer:
            return self.outer._name_is_ours(name)
        return False

    def _call_is_ours(self, call: ast.Call) -> bool:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if isinstance(call.func, ast.Attribute):
            name = call.func.attr
        if name in SAFE_CALLS:
            return True
        if self.source.function_of(call):
            return self._returns_ours(call)
        arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(call.func, ast.Name) and name in PASSING_CALLS:
            return all(self.is_ours(argument) for argument in arguments)
        if isinstance(call.func, ast.Attribute) and name in PASSING_METHODS:
            arguments = call.args[1:] if name == "get" else arguments
            receiver = call.func.value
            of_type = isinstance(receiver, ast.Name) and receiver.id in ("dict", "str")
            return (of_type or self.is_ours(receiver)) and all(self.is_ours(one) for one in arguments)
        return False

    def _returns_ours(self, call: ast.Call) -> bool:
        found = self.source.function_of(call)
        return found is not None and function_is_ours(*found)

    def formats_ours(self, formatter: ast.expr) -> bool:
        """Whether what a `format_func` makes is ours."""
        match formatter:
            case ast.Lambda(body=body):
                return Scope(self.source, formatter, self).is_ours(body)
            case ast.Attribute(value=ast.Name(id="str")):
                return True
            case ast.Name() | ast.Attribute():
                call = ast.Call(func=formatter, args=[], keywords=[])
                return self._call_is_ours(call) or self.is_ours(formatter)
        return False


_ASKED: set[int] = set()


def function_is_ours(source: Source, function: Function) -> bool:
    """Whether everything a function returns is ours, whatever it is given."""
    if id(function) in _ASKED:
        return True
    _ASKED.add(id(function))
    try:
        scope = Scope(source, function, None)
        returned = [node.value for node in _inside(function) if isinstance(node, ast.Return)]
        return bool(returned) and all(scope.is_ours(value) for value in returned if value)
    finally:
        _ASKED.discard(id(function))


def data_drawn_as_markdown(text: str, root: Path) -> list[str]:
    """Line and source of every argument that is drawn as Markdown and may hold data as it came."""
    source = Source(text, root)
    found: list[str] = []
    for scope, call in _calls(source, source.tree, None):
        for argument, is_format in _drawn(call, scope):
            ours = scope.formats_ours(argument) if is_format else scope.is_ours(argument)
            if not ours:
                found.append(f"{call.lineno}: {ast.unparse(call.func)}({ast.unparse(argument)})")
    return sorted(set(found))


def _calls(
    source: Source, node: Function | ast.Lambda | ast.Module, outer: Scope | None
) -> Iterator[tuple[Scope, ast.Call]]:
    scope = Scope(source, node, outer)
    for inside in _inside(node):
        if isinstance(inside, ast.Call) and _draws(inside, scope):
            yield scope, inside
        if isinstance(inside, Function | ast.Lambda):
            yield from _calls(source, inside, scope)


def _draws(call: ast.Call, scope: Scope) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in LABELLED:
        return False
    receiver = call.func.value
    if isinstance(receiver, ast.Name) and receiver.id == "st":
        return True
    if call.func.attr == "write":  # files and others have one, too
        made = scope.bound.get(receiver.id, []) if isinstance(receiver, ast.Name) else [receiver]
        return any("st." in ast.unparse(one) for one in made if one)
    if isinstance(receiver, ast.Name):
        return receiver.id not in {*scope.source.modules, "str", "LOGGER"}
    return not isinstance(receiver, ast.Constant | ast.JoinedStr)


def _drawn(call: ast.Call, scope: Scope) -> Iterator[tuple[ast.expr, bool]]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    first = {"page_link": [], "progress": call.args[1:2]}.get(name, call.args[:1])
    yield from ((argument, False) for argument in first)
    yield from ((value, False) for word, value in keywords.items() if word in DRAWN_ARGUMENTS)
    if name in OPTIONS_ARE_MARKDOWN:
        if "format_func" in keywords:
            yield keywords["format_func"], True
        else:
            options = keywords.get("options") or (call.args[1] if len(call.args) > 1 else None)
            if options is not None:
                yield options, False
    if name == "metric":
        yield from ((value, False) for value in call.args[1:])


def _is_number_format(spec: ast.expr | None) -> bool:
    if not isinstance(spec, ast.JoinedStr) or not spec.values:
        return False
    text = "".join(str(one.value) for one in spec.values if isinstance(one, ast.Constant))
    return bool(NUMERIC.fullmatch(text))


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """Everything in a function or file that is not inside a function in it."""
    waiting = list(ast.iter_child_nodes(node))
    while waiting:
        one = waiting.pop()
        yield one
        if not isinstance(one, Function | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(one))


def as_read(markdown: str) -> str:
    """What somebody reads where this Markdown is drawn, as far as `plain()` made it."""
    return re.sub(r"\\([\\`*_\[\]<>&$~|^{}#+\-=:!.)])", r"\1", markdown).replace("\u2060", "")


def csv_writers(text: str) -> list[int]:
    """The lines of a source that write CSV by themselves."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute | ast.Name)
        and (node.attr if isinstance(node, ast.Attribute) else node.id)
        in ("to_csv", "writer", "DictWriter", "writerow", "writerows", "writeheader")
    ]
