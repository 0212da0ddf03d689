"""A small S3 on a loopback port, written by hand: whole and multipart uploads, ranges, lists, deletes.

It checks signatures as Amazon describes them (Signature Version 4), and can be told to fail.
"""

from __future__ import annotations

import hashlib
import hmac
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape, unescape

KEY, SECRET, BUCKET = "AKIAOURS", "a secret of ours", "school"
_MOMENT = "2026-11-30T08:00:00.000Z"


@dataclass
class FakeBucket:
    """What is kept, what was asked, and how to fail: `fault` is given each method and key first."""

    port: int = 0
    objects: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    parts: dict[str, dict[int, bytes]] = field(default_factory=dict)
    fault: str = ""
    """`""`, `"full"`, `"down"` (503), `"cut"` (half an answer, or a connection closed in mid-upload),
    `"filled"` (full from the second part of an upload on)."""

    @property
    def environ(self) -> dict[str, str]:
        """What a program is told of it by its environment."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1",
        }


@contextmanager
def serving() -> Iterator[FakeBucket]:
    """A bucket called `school` until the block ends."""
    bucket = FakeBucket()

    class Handler(_Handler):
        kept = bucket

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    bucket.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield bucket
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    kept: FakeBucket

    def log_message(self, *_arguments: object) -> None:
        """Nothing is printed."""

    def do_GET(self) -> None:  # noqa: N802
        self._begin("GET")

    def do_HEAD(self) -> None:  # noqa: N802
        self._begin("HEAD")

    def do_PUT(self) -> None:  # noqa: N802
        self._begin("PUT")

    def do_POST(self) -> None:  # noqa: N802
        self._begin("POST")

    def do_DELETE(self) -> None:  # noqa: N802
        self._begin("DELETE")

    def _begin(self, method: str) -> None:
        parts = urlsplit(self.path)
        bucket, _, key = unquote(parts.path).lstrip("/").partition("/")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.kept.asked.append((method, key))
        if self.kept.fault == "cut" and method in ("PUT", "POST"):
            self.rfile.read(min(1000, int(self.headers.get("Content-Length", 0))))
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.kept.fault == "down":
            return self._error(503, "ServiceUnavailable")
        if not self._is_signed(method, parts.path, query):
            return self._error(403, "SignatureDoesNotMatch")
        if bucket != BUCKET:
            return self._error(404, "NoSuchBucket")
        if self.kept.fault == "full" and method in ("PUT", "POST"):
            return self._error(507, "XMinioStorageFull")
        getattr(self, f"_{method.lower()}")(key, query, body)
        return None

    def _put(self, key: str, query: dict[str, str], body: bytes) -> None:
        if self.kept.fault == "filled" and int(query.get("partNumber", 1)) > 1:
            return self._error(507, "XMinioStorageFull")
        if "uploadId" in query:
            self.kept.parts[query["uploadId"]][int(query["partNumber"])] = body
        else:
            self.kept.objects[key] = body
        return self._answer(200, b"", ETag=_etag(body))

    def _post(self, key: str, query: dict[str, str], body: bytes) -> None:
        if "uploads" in query:
            name = f"upload-{len(self.kept.parts)}"
            self.kept.parts[name] = {}
            inside = f"<Bucket>{BUCKET}</Bucket><Key>{escape(key)}</Key><UploadId>{name}</UploadId>"
            return self._xml("InitiateMultipartUploadResult", inside)
        if "delete" in query:
            named = [line.partition("</Key>")[0] for line in body.decode().split("<Key>")[1:]]
            for one in named:
                self.kept.objects.pop(unescape(one), None)
            return self._xml("DeleteResult", "".join(f"<Deleted><Key>{one}</Key></Deleted>" for one in named))
        parts = self.kept.parts.pop(query["uploadId"])
        self.kept.objects[key] = b"".join(parts[number] for number in sorted(parts))
        inside = f"<Bucket>{BUCKET}</Bucket><Key>{escape(key)}</Key><ETag>&quot;whole&quot;</ETag>"
        return self._xml("CompleteMultipartUploadResult", f"<Location>x</Location>{inside}")

    def _delete(self, key: str, query: dict[str, str], _body: bytes) -> None:
        if "uploadId" in query:
            self.kept.parts.pop(query["uploadId"], None)
        self.kept.objects.pop(key, None)
        self._answer(204, b"")

    def _head(self, key: str, query: dict[str, str], body: bytes) -> None:
        self._get(key, query, body)

    def _get(self, key: str, query: dict[str, str], _body: bytes) -> None:
        if not key:
            return self._list(query)
        if key not in self.kept.objects:
            return self._error(404, "NoSuchKey")
        content = self.kept.objects[key]
        told = {"ETag": _etag(content), "Last-Modified": "Mon, 30 Nov 2026 08:00:00 GMT"}
        asked = self.headers.get("Range")
        if asked is None:
            return self._answer(200, content, **told)
        first, _, last = asked.removeprefix("bytes=").partition("-")
        piece = content[int(first) : int(last) + 1]
        told["Content-Range"] = f"bytes {first}-{int(first) + len(piece) - 1}/{len(content)}"
        return self._answer(206, piece, **told)

    def _list(self, query: dict[str, str]) -> None:
        prefix, inside, folders = query.get("prefix", ""), "", set()
        for key, content in sorted(self.kept.objects.items()):
            rest = key.removeprefix(prefix)
            if not key.startswith(prefix):
                continue
            if "/" in rest and query.get("delimiter"):
                folders.add(prefix + rest.partition("/")[0] + "/")
                continue
            inside += f"<Contents><Key>{escape(key)}</Key><LastModified>{_MOMENT}</LastModified>"
            inside += f"<ETag>&quot;x&quot;</ETag><Size>{len(content)}</Size></Contents>"
        inside += "".join(f"<CommonPrefixes><Prefix>{one}</Prefix></CommonPrefixes>" for one in folders)
        self._xml("ListBucketResult", f"<Name>{BUCKET}</Name><IsTruncated>false</IsTruncated>{inside}")

    def _xml(self, name: str, inside: str) -> None:
        self._answer(200, f"<{name}>{inside}</{name}>".encode(), **{"Content-Type": "application/xml"})

    def _error(self, status: int, code: str) -> None:
        self._answer(status, f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode())

    def _answer(self, status: int, content: bytes, **told: str) -> None:
        self.send_response(status)
        for name, value in told.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if self.kept.fault == "cut" and len(content) > 1:
            content = content[: len(content) // 2]
            self.close_connection = True
        self.wfile.write(content)

    def _is_signed(self, method: str, path: str, query: dict[str, str]) -> bool:
        """Signature Version 4, worked out anew from what arrived."""
        given = self.headers.get("Authorization", "").removeprefix("AWS4-HMAC-SHA256 ")
        fields = dict(one.strip().split("=", 1) for one in given.split(",") if "=" in one)
        key, *scope = fields.get("Credential", "").split("/")
        if key != KEY:
            return False
        names = fields["SignedHeaders"].split(";")
        asked = "&".join(f"{quote(n, safe='-_.~')}={quote(v, safe='-_.~')}" for n, v in sorted(query.items()))
        headers = "".join(f"{name}:{' '.join(self.headers[name].split())}\n" for name in names)
        hashed = self.headers["x-amz-content-sha256"]
        request = "\n".join([method, path, asked, headers, fields["SignedHeaders"], hashed])
        moment, where = self.headers["x-amz-date"], "/".join(scope)
        to_sign = f"AWS4-HMAC-SHA256\n{moment}\n{where}\n{hashlib.sha256(request.encode()).hexdigest()}"
        signing = f"AWS4{SECRET}".encode()
        for part in (*scope, to_sign):
            signing = hmac.digest(signing, part.encode(), "sha256")
        return hmac.compare_digest(signing.hex(), fields["Signature"])


def _etag(content: bytes) -> str:
    return f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
