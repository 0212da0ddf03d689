"""Save, load, erase, run a named query: the only home of the database. Everybody else uses `Store`."""

from data.access import SAMPLE_CANDIDATE
from data.store.queries import query_names
from data.store.store import Store

__all__ = ["SAMPLE_CANDIDATE", "Store", "query_names"]
