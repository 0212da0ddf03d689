"""What a driver says, in plain words: what happened, and what to do about it.

DuckDB and PostgreSQL have a list each, because the remedy differs: a file and its folder, or a server and its
rights. The first pattern found in the driver's words decides; PostgreSQL speaks the language of its server,
so the name of its error is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from data.domain import RehearseError

_ELSEWHERE = "Or set DATABASE_URL to another place."
_NO_DRIVER = (
    "The driver for PostgreSQL is not installed.",
    "Install what a server needs: `make install-server`, or `pip install '.[server]'`. "
    "Or take DATABASE_URL away: then results are kept in a file.",
)
_BUSY = ("{what} is busy: every connection is in use.", "Nothing was changed. Try again in a moment.")

_Known = tuple[tuple[str, str, str], ...]

_OF_DUCKDB: _Known = (
    (
        r"motherduck|extension \"md\"|/md\.duckdb_extension",
        "{what} is at MotherDuck, and DuckDB's extension for it is not here or was not let in.",
        "Install it once: python -c \"import duckdb; duckdb.connect().install_extension('motherduck')\", and "
        "set motherduck_token in the environment. " + _ELSEWHERE,
    ),
    (
        r"could not set lock|conflicting lock(?:.*\(PID (\d+)\))?",
        "{what} is in use by another program.",
        "Only one program can open it: stop the other Rehearse, or the tool that has the file open. "
        + _ELSEWHERE,
    ),
    (
        r"no space left|disk (?:is )?full|could not write (?:all|enough)|quota exceeded|file too large",
        "The disk that holds {what} is full.",
        "Free some space and try again; what was saved before is still there.",
    ),
    (
        r"permission denied|read-only|not permitted|operation not supported",
        "{what} cannot be written to.",
        "Allow writing to the file and its folder. " + _ELSEWHERE,
    ),
    (
        r"version number|storage version|newer (?:version of )?duckdb",
        "{what} was made by another version of DuckDB.",
        "Use the version of Rehearse that made it. " + _ELSEWHERE,
    ),
    (
        r"not a valid duckdb|corrupt|checksum|serialization|deserialize|internal error|fatal",
        "{what} is damaged or is not a database.",
        "Move the file away and restore a backup; recordings are kept separately and are not touched.",
    ),
    (
        r"cannot open file|is a directory|not a directory|no such file|file exists",
        "{what} cannot be opened.",
        "Check the path in DATABASE_URL and that its folder can be written to.",
    ),
)

_OF_POSTGRES: _Known = (
    (
        r"authentication failed|no password supplied|role \"[^\"]*\" (?:does not exist|is not permitted)"
        r"|pg_hba\.conf|no encryption",
        "{what} does not let Rehearse in.",
        "Check user and password in DATABASE_URL (in a password write @ as %40, : as %3A and / as %2F), and "
        "that pg_hba.conf of the server lets this machine in.",
    ),
    (
        r"database \"[^\"]*\" does not exist",
        "{what} is not there on the server.",
        "Make it, owned by the user in DATABASE_URL: CREATE DATABASE name OWNER user. Or correct the name.",
    ),
    (
        r"TooManyConnections|too many (?:clients|connections)|connection slots",
        "{what} has no connection left.",
        "Wait and try again, or raise max_connections of the server: each Rehearse may take sixteen.",
    ),
    (
        r"starting up|not yet accepting connections|in recovery mode",
        "The server of {what} is still starting.",
        "Nothing was changed. Wait until its log says that it is ready to accept connections, and try again.",
    ),
    (
        r"DiskFull|no space left|could not extend|disk is full|quota exceeded",
        "The disk of the server that holds {what} is full.",
        "Free some space there and try again; what was saved before is still there.",
    ),
    (
        r"ReadOnlySqlTransaction|read-only transaction|is in recovery",
        "{what} can only be read.",
        "It may be a standby, or set to read-only: set DATABASE_URL to the server that takes writes.",
    ),
    (
        r"InsufficientPrivilege|permission denied|must be owner",
        "{what} does not allow what Rehearse needs.",
        "Let the user in DATABASE_URL own the database and everything in it.",
    ),
    (
        r"SerializationFailure|DeadlockDetected|could not serialize|deadlock",
        "{what} was busy with the same rows.",
        "Nothing was changed. Try again.",
    ),
    (
        r"AdminShutdown|CrashShutdown|CannotConnectNow|closed the connection|terminating connection"
        r"|connection (?:was |has been )?(?:lost|reset|closed)"
        r"|connection is (?:closed|lost|bad)|consuming input|shutting down|(?:unexpected )?eof",
        "The connection to {what} was cut.",
        "Check that the database server runs, and try again.",
    ),
    (
        r"LockNotAvailable|QueryCanceled|lock timeout|canceling statement",
        "{what} was held up by somebody else's work.",
        "Nothing was changed. Try again in a moment.",
    ),
    (
        r"not decode|invalid port|invalid (?:sslmode|connection option|uri)|certificate",
        "{what} cannot be connected to as DATABASE_URL says.",
        "Correct its port and options (what stands behind the ?).",
    ),
    (
        r"connection (?:refused|failed)|could not translate|resolve|timed? ?out|timeout expired|no route",
        "{what} cannot be reached.",
        "Check that the database server runs, and that host and port in DATABASE_URL are right.",
    ),
)


@contextmanager
def plainly(what: str) -> Iterator[None]:
    """Turn a driver's error into a sentence with a remedy; the error is its `__cause__`."""
    try:
        yield
    except (ImportError, NoSuchModuleError) as error:
        raise RehearseError(*_NO_DRIVER) from error
    except NoConnectionFree as error:
        raise RehearseError(_BUSY[0].format(what=what), _BUSY[1]) from error
    except (DBAPIError, duckdb.Error, OSError) as error:
        raise _in_plain_words(what, error) from error


def is_of_postgres(error: BaseException | None) -> bool:
    """Whether PostgreSQL's driver raised it."""
    return isinstance(error, DBAPIError) and type(error.orig).__module__.partition(".")[0] == "psycopg"


def _in_plain_words(what: str, error: Exception) -> RehearseError:
    known = _OF_POSTGRES if is_of_postgres(error) else _OF_DUCKDB
    words = _words(error.orig if isinstance(error, DBAPIError) else error)
    for pattern, message, remedy in known:
        if re.search(pattern, words, re.IGNORECASE):
            return RehearseError(message.format(what=what), remedy)
    first_line = words.splitlines()[0][:200]
    return RehearseError(f"{what} could not be used: {first_line}", "Nothing was changed. Try again.")


def _words(error: BaseException | None) -> str:
    said = str(error).strip() or type(error).__name__
    is_postgres = type(error).__module__.partition(".")[0] == "psycopg"
    return f"{said}\n{type(error).__name__}" if is_postgres else said
