"""A bucket on S3 or a compatible service: every version of every object, read and never written."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from typing import Any, BinaryIO, Final

from botocore.exceptions import BotoCoreError

from auditor.errors import ReadError, TargetError
from auditor.journal import Conduct, Journal
from auditor.model.asset import Asset, Control, Gap, GapCode, Position, Probe
from auditor.model.engagement import S3Target
from auditor.pace import Pace
from auditor.scanners._s3_client import Bucket
from auditor.scanners._s3_controls import Controls
from auditor.scanners._s3_errors import S3Error, read_error
from auditor.scanners._s3_listing import Listing, Locator
from auditor.scanners._s3_probe import probes
from auditor.scanners._s3_ranges import AHEAD, FAST, LARGE, first_range, is_part, part_of, ranges, total_of
from auditor.scanners._stream import Chunks, arrived, reading

CHUNK: Final = 1 << 20
SAMPLE_AMONG: Final = 1000
"""Among how many first items to look for a current object to try without credentials: one page."""
RESUMES_WITHOUT_PROGRESS: Final = 2


class S3Scanner:
    """Lists and reads a bucket. Only operations that list, head or get are ever called."""

    parallel = True

    def __init__(self, target: S3Target, pace: Pace | None = None, journal: Journal | None = None) -> None:
        self._target = target
        self._conduct = Conduct(target.name, pace, journal)
        self._open_bucket: Bucket | None = None
        self._threads: ThreadPoolExecutor | None = None

    def scan(self) -> Iterator[Asset | Gap | Control]:
        """How the bucket is guarded, then what it holds. TargetError if it cannot be listed at all."""
        return (item for item in self.listing(None) if not isinstance(item, Position))

    def listing(self, after: str | None) -> Iterator[Asset | Gap | Control | Position]:
        """`scan` with a position after each page; behind one, what comes after it: how the bucket is guarded was said before."""
        items = Listing(self._target, self._bucket).run(after)
        if after is not None:
            yield from items
            return
        first: list[Asset | Gap | Control | Position] = []
        sample: Locator | None = None
        for item in islice(items, SAMPLE_AMONG):
            first.append(item)
            if isinstance(item, Asset) and item.current:
                sample = item.locator
                break
        yield from Controls(self._target, self._bucket, sample).run()
        yield from chain(first, items)

    @contextmanager
    def open(self, asset: Asset) -> Iterator[BinaryIO]:
        """The object version's bytes. ReadError with the reason: gone, refused, archived, another's key, cut off."""
        where: Locator = asset.locator
        parameters: dict[str, Any] = {"Key": where.key}
        if where.version is not None:
            parameters["VersionId"] = where.version
        large = {"Range": first_range()} if (asset.size or 0) >= LARGE else {}
        try:
            answer = self._whole_or_known(parameters, large, asset.size)
        except TargetError as error:
            raise ReadError(error.code, error.detail, asset.size) from None
        except S3Error as error:
            raise read_error(error, asset.size) from None
        with reading(self._chunks(parameters, answer, asset.size)) as stream:
            yield stream

    @contextmanager
    def open_at(self, asset: Asset, start: int, until: int) -> Iterator[BinaryIO]:  # noqa: ARG002 - the connection is closed when enough was read
        """The same from a byte on, in one stream; ReadError as well where the object has another size than was listed."""
        where: Locator = asset.locator
        parameters: dict[str, Any] = {"Key": where.key}
        if where.version is not None:
            parameters["VersionId"] = where.version
        left = None if asset.size is None else asset.size - start
        try:
            answer = self._continued(parameters, {}, start, None)
        except TargetError as error:
            raise ReadError(error.code, error.detail, left) from None
        written, listed = answer.get("LastModified"), asset.modified  # a header has no fractions of a second
        rewritten = written and listed and abs((written - listed).total_seconds()) >= 1
        if part_of(answer, start) != asset.size or rewritten:
            answer["Body"].close()
            raise ReadError(GapCode.CHANGED_DURING_READ, "The object is another than was listed.", left)
        with reading(self._chunks(parameters, answer, asset.size, start)) as stream:
            yield stream

    def probe(self) -> Iterator[Probe]:
        """Credentials, bucket, listing, versions, one object's bytes, and what the controls need."""
        yield from probes(self._target, lambda: self._bucket, self.open)

    def close(self) -> None:
        """Let go of the connections."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None
        if self._open_bucket is not None:
            self._open_bucket.close()
            self._open_bucket = None

    @property
    def _bucket(self) -> Bucket:
        if self._open_bucket is None:
            self._open_bucket = Bucket(self._target, self._conduct)
        return self._open_bucket

    def _whole_or_known(self, parameters: dict[str, Any], large: dict[str, str], size: int | None) -> dict[str, Any]:
        """The object, or a first part of it that says how large all of it is. ReadError where the service sends neither."""
        answer = self._bucket.call("get_object", **parameters, **large)
        if large and is_part(answer) and part_of(answer, 0) is None:
            answer["Body"].close()
            answer = self._bucket.call("get_object", **parameters)
        if is_part(answer) and part_of(answer, 0) is None:
            answer["Body"].close()
            raise ReadError(GapCode.SERVER_MISBEHAVED, "The service sends a part and does not say of how much.", size)
        return answer

    def _chunks(
        self, parameters: dict[str, Any], answer: dict[str, Any], size: int | None, received: int = 0
    ) -> Chunks:
        """`_body`; where the audit's hours end, a ReadError like any other. `size`: bytes as they were listed."""
        try:
            for chunk in self._body(parameters, answer, received):
                received += len(chunk)
                yield chunk
        except TargetError as error:
            raise ReadError(error.code, error.detail, None if size is None else max(size - received, 0)) from None

    def _body(self, parameters: dict[str, Any], answer: dict[str, Any], received: int) -> Chunks:
        """The body, continued where a connection breaks as long as the object is the same and each try brings something."""
        whole: int | None = part_of(answer, received) if is_part(answer) else answer.get("ContentLength")
        fruitless = 0
        if not received and (total := total_of(answer)) is not None:
            for chunk in self._in_ranges(parameters, answer, total):
                received += len(chunk)
                yield chunk
            if received == total:
                return
            answer = self._continued(parameters, answer, received, total)
        while True:
            before = received
            body = answer["Body"]
            try:
                while chunk := body.read(CHUNK):
                    received += len(chunk)
                    yield from arrived(chunk, self._conduct.took)
            except (BotoCoreError, OSError):
                pass  # what is missing is asked for again below
            else:
                if whole is None or received >= whole:
                    return
            finally:
                body.close()
            fruitless = 0 if received > before else fruitless + 1
            if fruitless > RESUMES_WITHOUT_PROGRESS:
                unread = None if whole is None else whole - received
                raise ReadError(GapCode.UNREACHABLE, "The service broke the object off before its end.", unread)
            answer = self._continued(parameters, answer, received, whole)
            whole = part_of(answer, received)

    def _in_ranges(self, parameters: dict[str, Any], answer: dict[str, Any], total: int) -> Chunks:
        """The first range's body, then the others; less where one of them fails, and the first alone from a fast service."""
        body = answer["Body"]
        received = 0
        waited = 0.0
        try:
            while True:
                began = time.monotonic()
                chunk = body.read(CHUNK)
                waited += time.monotonic() - began
                if not chunk:
                    break
                received += len(chunk)
                yield from arrived(chunk, self._conduct.took)
        except (BotoCoreError, OSError):
            return
        finally:
            body.close()
        if "ETag" in answer and received < min(total, waited * FAST):
            if self._threads is None:
                self._threads = ThreadPoolExecutor(2 * AHEAD, thread_name_prefix="s3-range")
            get = partial(self._bucket.call, "get_object", **parameters)
            yield from ranges(get, self._conduct.took, total, {"IfMatch": answer["ETag"]}, self._threads)

    def _continued(
        self, parameters: dict[str, Any], answer: dict[str, Any], received: int, whole: int | None
    ) -> dict[str, Any]:
        same = {"IfMatch": answer["ETag"]} if "ETag" in answer else {}
        unread = None if whole is None else whole - received
        try:
            rest = self._bucket.call("get_object", **parameters, **same, Range=f"bytes={received}-")
        except S3Error as error:
            raise read_error(error, unread) from None
        if (total := part_of(rest, received)) is None or whole not in (None, total):
            rest["Body"].close()
            raise ReadError(GapCode.UNREACHABLE, "The service broke the object off and does not continue it.", unread)
        return rest
