"""An HTTP server in this process that answers S3 requests as a test says, for what no real server does on demand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from auditor.model.engagement import S3Target

SECRET = "stub+secret/never-shown"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was asked: `query` holds the first value of each parameter, "" for `?acl`."""

    method: str
    key: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`cut`: how many bytes of the body are sent before the connection is closed."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


Reaction = Callable[[Request], Answer | None]


def listing(keys: list[tuple[str, int]], *, root: str = "ListBucketResult", more: str = "") -> Answer:
    contents = "".join(
        f"<Contents><Key>{escape(key)}</Key><Size>{size}</Size><LastModified>2024-05-01T00:00:00Z</LastModified>"
        f'<ETag>"e"</ETag><StorageClass>STANDARD</StorageClass></Contents>'
        for key, size in keys
    )
    return Answer(body=f'<?xml version="1.0"?>\n<{root}>{contents}{more}</{root}>'.encode())


def error(status: int, code: str, message: str = "\x1b[31mvendor says") -> Answer:
    text = message.replace("\x1b", "ESC")
    return Answer(status=status, body=f"<Error><Code>{code}</Code><Message>{text}</Message></Error>".encode())


@contextmanager
def stub(react: Reaction, folder: Path, *, timeout: float = 3.0) -> Iterator[tuple[S3Target, list[Request]]]:
    """Serve a bucket named `stub`; what `react` leaves (None) is NotImplemented."""
    requests: list[Request] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            key = unquote(parts.path.removeprefix("/stub").removeprefix("/"))
            request = Request(method=self.command, key=key, query=query, headers=dict(self.headers.items()))
            requests.append(request)
            answer = react(request) or error(501, "NotImplemented")
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body[: answer.cut])
            if answer.cut is not None:
                self.close_connection = True

        do_HEAD = do_PUT = do_POST = do_DELETE = do_GET  # noqa: N815 - http.server's names

        def log_message(self, format: str, *args: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            return

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    credentials = folder / "credentials"
    credentials.write_text(
        f"[default]\naws_access_key_id = AKIASTUB\naws_secret_access_key = {SECRET}\naws_session_token = stub-token-{SECRET}\n"
    )
    try:
        yield (
            S3Target(
                name="stub",
                bucket="stub",
                endpoint_url=f"http://127.0.0.1:{server.server_address[1]}",
                credentials_file=credentials,
                timeout=timeout,
            ),
            requests,
        )
    finally:
        server.shutdown()
        server.server_close()
