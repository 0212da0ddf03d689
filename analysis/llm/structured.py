"""Structured replies: the schema that is asked for on the wire, and the JSON found in what comes back."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from data.domain.letters import keepable

Reply = TypeVar("Reply", bound=BaseModel)


LONGEST_REPLY = 400_000
"""Characters of a reply that are looked at; a reply of the usual limit has 12,000."""


MOST_TRIES = 200
"""Braces at which an object is looked for: a text of braces only must not take for ever."""


def wire_schema(reply: type[BaseModel], **allowed: tuple[str, ...]) -> dict[str, Any]:
    """The JSON schema to send: no references, nothing optional, `allowed` values as enums by field name."""
    schema = reply.model_json_schema()
    definitions = schema.pop("$defs", {})
    return dict(_closed(schema, definitions, allowed))


def _closed(node: Any, definitions: dict[str, Any], allowed: dict[str, tuple[str, ...]]) -> Any:
    if isinstance(node, list):
        return [_closed(item, definitions, allowed) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _closed(copy.deepcopy(definitions[node["$ref"].rsplit("/", 1)[-1]]), definitions, allowed)
    closed = {
        key: _closed(value, definitions, allowed)
        for key, value in node.items()
        if key not in ("title", "description")
    }
    if closed.get("type") == "object":
        closed["additionalProperties"] = False
        for name, values in allowed.items():
            if name in closed.get("properties", {}):
                closed["properties"][name] = {"type": "string", "enum": list(values)}
    return closed


def read_reply(texts: Sequence[str], reply: type[Reply]) -> Reply:
    """The reply that stands somewhere in these texts, cleaned of what nobody can write down.

    Of several objects that fit in one text the last counts: a model thinks first. Raises `ValidationError`
    about what came closest when there is none.
    """
    closest = "{}"
    for text in texts:
        spoken, thought = _after_thinking(text)
        for found in (*reversed(_objects(spoken)), *reversed(_objects(thought))):
            closest = found if closest == "{}" else closest
            try:
                return reply.model_validate_json(found)
            except ValidationError:
                continue
    return reply.model_validate_json(closest)


def _after_thinking(text: str) -> tuple[str, str]:
    """What a model says, and what it thought aloud before; servers drop the opening mark, or the closing."""
    before, mark, after = text.rpartition("</think>")
    return (after, before) if mark else (text, "")


def _objects(text: str) -> list[str]:
    """The JSON objects that stand in a text one after another, as clean JSON."""
    found: list[str] = []
    decoder, at, tries = json.JSONDecoder(), text.find("{"), 0
    while 0 <= at < LONGEST_REPLY and tries < MOST_TRIES:
        tries += 1
        try:
            value, end = decoder.raw_decode(text[:LONGEST_REPLY], at)
            found.append(json.dumps(_clean(value)))
        except (ValueError, RecursionError):
            end = at + 1
        at = text.find("{", end)
    return found


def writable(text: str) -> str:
    """The text without what no file or database takes: half characters become a sign, control ones go."""
    return "".join(char for char in keepable(text) if char in "\n\t" or ord(char) >= 32)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean(name): _clean(item) for name, item in value.items()}
    return value


def readable_problem(error: ValidationError) -> str:
    """The first three mistakes in plain words, without the text that was judged."""
    first = error.errors(include_url=False, include_input=False)[:3]
    return "; ".join(f"{'.'.join(map(str, item['loc'])) or 'reply'}: {item['msg']}" for item in first)
