"""The shapes a judge replies in, and how they are asked for on the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

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
