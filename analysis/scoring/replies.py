"""The shapes a judge replies in, and how they are asked for on the wire."""

from __future__ import annotations

import copy
import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

Verdict = Literal["met", "not_met", "not_invited"]


class Quoted(BaseModel):
    """A verbatim span and the number of the turn it stands in."""

    model_config = ConfigDict(extra="ignore")
    quote: str
    turn: int


class ClauseReply(BaseModel):
    """The verdict on one clause of an anchor."""

    model_config = ConfigDict(extra="ignore")
    clause: str
    verdict: Verdict
    quotes: list[Quoted]


class CriterionReply(BaseModel):
    """One criterion, clause by clause. There is no level in it: levels are computed."""

    model_config = ConfigDict(extra="ignore")
    status: Literal["scored", "not_scorable"]
    clauses: list[ClauseReply]
    flag_confirmed: bool
    missing_for_next: str
    asr_doubts: list[str]
    fix: str


class ErrorReply(BaseModel):
    """One factually wrong statement."""

    model_config = ConfigDict(extra="ignore")
    quote: str
    turn: int
    why: str
    criterion: str
    load_bearing: bool


class ErrorsReply(BaseModel):
    """The separate look for mistakes."""

    model_config = ConfigDict(extra="ignore")
    errors: list[ErrorReply]


class PointReply(BaseModel):
    """Whether one key point was made."""

    model_config = ConfigDict(extra="ignore")
    key_point: str
    status: Literal["covered", "partly", "missed", "contradicted"]
    quote: str
    turn: int


class CoverageReply(BaseModel):
    """All key points of the question."""

    model_config = ConfigDict(extra="ignore")
    points: list[PointReply]


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


def find_json(text: str) -> str:
    """The JSON object in a reply, without thinking aloud, code fences or words around it."""
    bare = re.sub(r"<think>.*?</think>", "", text, flags=re.DOTALL)
    start, end = bare.find("{"), bare.rfind("}")
    return bare[start : end + 1] if 0 <= start < end else bare.strip() or "{}"


def readable_problem(error: ValidationError) -> str:
    """The first three mistakes in plain words, without the text that was judged."""
    first = error.errors(include_url=False, include_input=False)[:3]
    return "; ".join(f"{'.'.join(map(str, item['loc'])) or 'reply'}: {item['msg']}" for item in first)
