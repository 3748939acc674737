"""What Azure documents and Azurite does not do: versions, deleted blobs that are kept, refusals of a way of listing, waiting as told.

The answers are made after the examples of Microsoft's REST reference (List Blobs, Get Blob, error codes).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from scanning import scan

from auditor.errors import ReadError, TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import AzureTarget
from auditor.scanners import _azure_client
from auditor.scanners._azure_scanner import AzureScanner
from testbed.azurite import written

Query = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def error(status: int, code: str, **headers: str) -> Answer:
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>vendor says</Message></Error>".encode()
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, body=body, headers={"x-ms-error-code": code, **told})


def blob(name: str, before: str = "", *, size: int = 3, more: str = "") -> str:
    return (
        f"<Blob><Name>{name}</Name>{before}<Properties><Last-Modified>Wed, 01 May 2024 00:00:00 GMT</Last-Modified>"
        f"<Etag>0x8D</Etag><Content-Length>{size}</Content-Length><BlobType>BlockBlob</BlobType>"
        f"<ServerEncrypted>true</ServerEncrypted>{more}</Properties></Blob>"
    )


def listing(*blobs: str, after: str = "") -> Answer:
    body = f"<?xml version='1.0' encoding='utf-8'?><EnumerationResults><Blobs>{''.join(blobs)}</Blobs><NextMarker>{after}</NextMarker></EnumerationResults>"
    return Answer(body=body.encode(), headers={"Content-Type": "application/xml"})


@contextmanager
def serving(react: Callable[[str, Query], Answer | None], folder: Path) -> Iterator[AzureTarget]:
    """A service with one container; what `react` leaves (None) it refuses."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            answer = react(parts.path, query) or error(403, "AuthorizationPermissionMismatch")
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        do_HEAD = do_GET  # noqa: N815 - http.server's name

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield AzureTarget(
            name="t", account="vendorassets", container="con", timeout=3,
            endpoint_url=f"http://127.0.0.1:{server.server_address[1]}",
            credentials_file=written(folder / "sas", "sp=rl&se=2030-01-01&sig=x"),
        )  # fmt: skip
    finally:
        server.shutdown()
        server.server_close()


def control(items: list[Asset | Gap | Control], name: str) -> bool | str | int | None:
    return next(item.value for item in items if isinstance(item, Control) and item.name == name)


OLD, NEW = "2024-05-01T00:00:00.0000001Z", "2024-06-01T00:00:00.0000001Z"


def test_versions_and_deleted_blobs_that_are_kept(tmp_path: Path) -> None:
    asked: list[Query] = []

    def react(path: str, query: Query) -> Answer | None:
        asked.append(query)
        if query.get("comp") != "list" or "sig" not in query:
            return None
        return listing(
            blob("a.csv", f"<VersionId>{OLD}</VersionId>"),
            blob("a.csv", f"<VersionId>{NEW}</VersionId><IsCurrentVersion>true</IsCurrentVersion>"),
            blob("b.csv", f"<VersionId>{OLD}</VersionId>"),
            blob("gone.csv", "<Deleted>true</Deleted>", more="<RemainingRetentionDays>6</RemainingRetentionDays>"),
        )

    with serving(react, tmp_path) as target:
        items = scan(target)
    found = [(item.path, item.version, item.current) for item in items if isinstance(item, Asset)]
    assert found == [("az://con/a.csv", OLD, False), ("az://con/a.csv", NEW, True), ("az://con/b.csv", OLD, False)]
    [kept] = [item for item in items if isinstance(item, Gap)]
    assert (kept.path, kept.code, kept.size) == ("az://con/gone.csv", GapCode.INVALID_OBJECT_STATE, 3)
    assert "6 more day(s)" in kept.detail
    assert control(items, "bucket.versions_listed") is True
    assert "versions" in asked[0]["include"]
    assert "deleted" in asked[0]["include"]
    old = next(item for item in items if isinstance(item, Asset) and not item.current)
    assert (old.locator.version, old.locator.snapshot) == (OLD, None)


def test_what_a_kind_of_account_does_not_list_is_unknown_not_absent(tmp_path: Path) -> None:
    def react(path: str, query: Query) -> Answer | None:
        if query.get("comp") != "list" or "sig" not in query:
            return None
        if "versions" in query.get("include", ""):
            return error(409, "FeatureNotSupportedForAccount")
        return listing(blob("a.csv"))

    with serving(react, tmp_path) as target:
        items = scan(target)
    assert [item.path for item in items if isinstance(item, Asset)] == ["az://con/a.csv"]
    assert control(items, "bucket.versions_listed") is None


def test_a_listing_in_a_circle_ends(tmp_path: Path) -> None:
    with serving(lambda path, query: listing(blob("a"), after="same") if "comp" in query else None, tmp_path) as target:
        codes = [item.code for item in scan(target) if isinstance(item, Gap)]
    assert codes == [GapCode.SERVER_MISBEHAVED]


def test_it_waits_as_long_as_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_azure_client._Polite, "get_backoff_time", lambda self, settings: 0.0)
    times: list[float] = []

    def react(path: str, query: Query) -> Answer | None:
        if query.get("comp") != "list":
            return None
        times.append(time.monotonic())
        return listing(blob("a")) if len(times) > 1 else error(503, "ServerBusy", Retry_After="1")

    with serving(react, tmp_path) as target:
        assert any(isinstance(item, Asset) for item in scan(target))
    assert times[1] - times[0] >= 1.0


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (error(409, "BlobUsesCustomerSpecifiedEncryption"), GapCode.INVALID_ENCRYPTION),
        (error(403, "KeyVaultEncryptionKeyNotFound"), GapCode.INVALID_KMS_KEY),
        (error(404, "BlobNotFound"), GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE),
        (error(403, "AuthenticationFailed"), GapCode.AUTHENTICATION_FAILED),
        (Answer(status=206, body=b"abc", headers={"Content-Range": "bytes 0-2/9"}), GapCode.SERVER_MISBEHAVED),
        (Answer(status=302, headers={"Location": "/elsewhere"}), GapCode.UNREACHABLE),
    ],
)
def test_what_cannot_be_read_is_a_gap_with_its_reason(tmp_path: Path, answer: Answer, code: GapCode) -> None:
    def react(path: str, query: Query) -> Answer | None:
        if path.startswith("/elsewhere"):
            return Answer(status=206, body=b"redirect!", headers={"Content-Range": "bytes 0-8/9"})
        return listing(blob("k", size=9)) if query.get("comp") == "list" else answer

    with serving(react, tmp_path) as target:
        scanner = AzureScanner(target)
        asset = next(item for item in scanner.scan() if isinstance(item, Asset))
        with pytest.raises(ReadError) as caught, scanner.open(asset) as stream:
            stream.read()
        scanner.close()
    assert caught.value.code == code
    assert "vendor says" not in caught.value.detail


def part(total: int, kind: str = "BlockBlob", written: str = "Wed, 01 May 2024 00:00:00 GMT") -> Answer:
    headers = {
        "Content-Range": f"bytes 3-{total - 1}/{total}", "Last-Modified": written, "x-ms-blob-type": kind, "ETag": '"0x8D"'
    }  # fmt: skip
    return Answer(status=206, body=b"abcdefghijkl"[3:total], headers=headers)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (part(9), b"defghi"),
        (part(9, written="Sat, 01 Jun 2024 00:00:00 GMT"), None),
        (part(8), None),
        (part(12), None),
        (part(12, "AppendBlob", "Sat, 01 Jun 2024 00:00:00 GMT"), b"defghijkl"),
        (error(416, "InvalidRange"), None),
    ],
)
def test_a_part_is_of_the_blob_that_was_listed(tmp_path: Path, answer: Answer, expected: bytes | None) -> None:
    with serving(
        lambda _, query: listing(blob("k", size=9)) if query.get("comp") == "list" else answer, tmp_path
    ) as target:
        scanner = AzureScanner(target)
        asset = next(item for item in scanner.scan() if isinstance(item, Asset))
        try:
            with scanner.open_at(asset, 3, 9) as stream:
                assert stream.read() == expected
        except ReadError as caught:
            assert (caught.code, expected) == (GapCode.CHANGED_DURING_READ, None)
        scanner.close()


def test_a_name_no_client_can_ask_for_is_not_read_as_another_blob(tmp_path: Path) -> None:
    asked: list[str] = []

    def react(path: str, query: Query) -> Answer | None:
        asked.append(path)
        return listing(blob("a/../../other/secret")) if query.get("comp") == "list" else None

    with serving(react, tmp_path) as target:
        scanner = AzureScanner(target)
        asset = next(item for item in scanner.scan() if isinstance(item, Asset))
        with pytest.raises(ReadError) as caught, scanner.open(asset):
            pass
        scanner.close()
    assert caught.value.code == GapCode.NAME_UNDECODABLE
    assert {path.split("?")[0].rstrip("/") for path in asked} == {"/vendorassets/con", "/vendorassets"}


def test_an_address_that_nobody_answers_is_a_target_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_azure_client._Polite, "get_backoff_time", lambda self, settings: 0.0)
    with serving(lambda path, query: None, tmp_path) as target:
        pass
    with pytest.raises(TargetError) as caught:
        scan(target)
    assert caught.value.code == GapCode.UNREACHABLE
    assert "endpoint_url" in caught.value.cure
