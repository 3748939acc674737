"""The S3 server of the demo and the tests: Ceph RGW, or moto where Ceph is not installed.

``with S3Server(folder) as server: …`` or by hand ``python -m testbed.s3 --dir D`` (stops on Ctrl-C).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

from testbed import moto, rgw
from testbed.process import ServerError, Service, running

Kind = Literal["ceph-rgw", "moto"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """One S3 user's keys. Made up at each start, good for one loopback server only."""

    access_key: str
    secret_key: str = field(repr=False)

    def write(self, path: Path) -> Path:
        """Write them as an AWS shared credentials file (profile ``default``), mode 0600; the path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(
            f"[default]\naws_access_key_id = {self.access_key}\naws_secret_access_key = {self.secret_key}\n"
        )
        return path


@dataclass(kw_only=True, eq=False)
class S3Server(Service):
    """A loopback S3 server with a writer (for seeding) and an auditor who may read everything and change nothing.

    ``kind`` None takes Ceph RGW if it is installed, else moto. ``folder`` must be short for Ceph: its unix sockets lie
    there. ``start()`` raises ServerError with the tail of the right log.
    """

    folder: Path
    kind: Kind | None = None
    port: int = 0
    region: str = ""
    sts: bool = False
    writer: Credentials = field(init=False)
    auditor: Credentials = field(init=False)
    _server: rgw.Rgw | moto.Moto = field(init=False)

    @property
    def name(self) -> str:
        """For people: which server this is, and that moto is a stand-in."""
        if self.kind == "moto":
            return "moto's S3 server (a mock that stands in for Ceph RGW)"
        return "Ceph RGW, a real S3 server"

    @property
    def endpoint_url(self) -> str:
        """``http://127.0.0.1:PORT``."""
        return self._server.endpoint_url

    def start(self) -> Self:
        """Start the server, make both users."""
        self.folder = Path(self.folder)
        self.kind = self.kind or ("ceph-rgw" if rgw.available() else "moto")
        if self.kind == "ceph-rgw":
            self._server, self.region = rgw.Rgw(folder=self.folder, port=self.port, sts=self.sts), rgw.REGION
        else:
            self._server, self.region = moto.Moto(folder=self.folder, port=self.port), moto.REGION
        try:
            self._server.start()
            self.writer = Credentials(**_keys(self._server.create_user("writer")))
            self.auditor = Credentials(**_keys(self._server.create_user("auditor", read_only=True)))
            if isinstance(self._server, moto.Moto):
                self._server.enforce()
        except BaseException:
            self.stop()
            raise
        self.port = self._server.port
        return self

    def create_user(self, uid: str) -> tuple[str, str]:
        """A further user, who owns nothing and is granted nothing; access key and secret."""
        return self._server.create_user(uid)

    def client(self, credentials: Credentials | None = None) -> Any:
        """A boto3 S3 client; the writer's unless told otherwise. Path-style, no extra checksums, as RGW needs it."""
        import boto3
        from botocore.config import Config

        who = credentials or self.writer
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint_url,
            region_name=self.region,
            aws_access_key_id=who.access_key,
            aws_secret_access_key=who.secret_key,
            config=Config(
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                proxies={},  # loopback: whatever proxy the environment names is not for this
                retries={"mode": "standard", "max_attempts": 3},
            ),
        )

    def user(self, uid: str) -> Credentials:
        """Another user, with no rights on the writer's buckets."""
        return Credentials(**_keys(self._server.create_user(uid)))

    def role(self, name: str, *, trusts: str, may: list[str]) -> str:
        """A role that the user `trusts` may take (Ceph RGW with `sts`); its ARN."""
        assert isinstance(self._server, rgw.Rgw)
        return self._server.create_role(name, trusts=trusts, may=may)

    def requests(self) -> list[tuple[str, str, str]]:
        """Who, method, path with query: every request in Ceph RGW's own access log so far. Ask when nothing is under way."""
        assert isinstance(self._server, rgw.Rgw)
        return self._server.requests()

    def pids(self) -> set[int]:
        """Process ids of everything the server runs as."""
        return self._server.children.pids()

    def stop(self) -> None:
        """End every process; may be called at any time."""
        self._server.stop()


def _keys(pair: tuple[str, str]) -> dict[str, str]:
    return {"access_key": pair[0], "secret_key": pair[1]}


def stable_folder(name: str) -> Path:
    """The folder /tmp/NAME, new and empty, so that two demos show the same paths; a `short_folder` where another demo has it.

    One that an ended process left is removed: a file in it says whose it is.
    """
    folder = Path("/tmp") / name  # noqa: S108 - mkdir fails where somebody else has made it
    marker = folder / "pid"
    try:
        if folder.stat().st_uid == os.geteuid() and not running({int(marker.read_text())}):
            shutil.rmtree(folder, ignore_errors=True)
    except (OSError, ValueError):
        pass
    try:
        folder.mkdir(mode=0o755)
    except FileExistsError:
        return short_folder(f"{name}-")
    folder.chmod(0o755)
    marker.write_text(str(os.getpid()))
    return folder


def short_folder(prefix: str = "ad-") -> Path:
    """A new temporary folder with a short path (for unix sockets) that other accounts may enter (for sshd).

    Folders that an ended process left (one that was killed) are removed: the name says whose they are.
    """
    # macOS's own temporary folder is 60 characters deep; /tmp exists everywhere the testbed runs.
    base = Path("/tmp")  # noqa: S108 - mkdtemp makes a folder of our own in it
    for old in base.glob(f"{prefix}*-*"):
        owner = old.name.removeprefix(prefix).partition("-")[0]
        with contextlib.suppress(FileNotFoundError):  # another worker may be removing it as well
            if owner.isdecimal() and old.stat().st_uid == os.geteuid() and not running({int(owner)}):
                shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=base))
    folder.chmod(0o755)
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a server until Ctrl-C; prints the endpoint and where the credentials files are."""
    parser = argparse.ArgumentParser(prog="python -m testbed.s3", description="An S3 server on loopback, until Ctrl-C.")
    parser.add_argument("--dir", type=Path, help="folder for all state (default: a new one under /tmp)")
    parser.add_argument("--kind", choices=["ceph-rgw", "moto"], help="default: Ceph RGW if installed")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    options = parser.parse_args(arguments)
    folder = options.dir or short_folder()
    started = time.monotonic()
    try:
        with S3Server(folder=folder, kind=options.kind, port=options.port) as server:
            print(f"{server.name}, ready after {time.monotonic() - started:.1f} s")
            print(f"endpoint_url: {server.endpoint_url}\nregion: {server.region}")
            print(f"writer:  {server.writer.write(folder / 'writer.credentials')}")
            print(f"auditor: {server.auditor.write(folder / 'auditor.credentials')} (read-only)", flush=True)
            signal.pause()
    except KeyboardInterrupt:
        return 0
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        if options.dir is None:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
