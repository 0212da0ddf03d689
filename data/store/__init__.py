"""Save, load, erase, run a named query: the only home of the database.

Everybody else opens a `Database` and works with a `Session` of it.
"""

from data.access import SAMPLE_CANDIDATE
from data.store.database import Database
from data.store.queries import query_names
from data.store.session import Session

__all__ = ["SAMPLE_CANDIDATE", "Database", "Session", "query_names"]
