"""What is read by a model is read once in a run."""

from __future__ import annotations

from tests.embedded_once import texts_are_embedded_once as texts_are_embedded_once
