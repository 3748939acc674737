"""Ceph RGW on loopback: one monitor, one storage daemon on a sparse file, one S3 gateway; ready in about ten seconds.

All state, sockets and logs lie under one folder. There is no manager daemon: it only reports statistics. Works as root
and as any user. cephx stays on, because with authentication off the gateway waits for a key for ever (16.2).
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import secrets
import shutil
import struct
import subprocess
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from testbed.packages import CEPH_PACKAGES, find, missing
from testbed.process import Children, Server, ServerError, free_port, listening, settle, tail, wait_until

REGION = "default"  # the zone group that RGW makes on its own; its name is the S3 region
#: AF_UNIX paths end at 107 bytes; the longest socket is ``run/client.rgw.a.asok``.
LONGEST_FOLDER = 107 - len("/run/client.rgw.a.asok")

CONFIG = """\
[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{mon_port}/0]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
keyring = {folder}/keyring
run dir = {folder}/run
admin socket = {folder}/run/$name.asok
pid file =
log file = {folder}/log/$name.log
crash dir = {folder}/crash
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
auth allow insecure global id reclaim = false
# rocksdb writes a megabyte of statistics at its default level
debug rocksdb = 0/0
debug bluestore = 0/0
debug bluefs = 0/0
# one copy of everything, few placement groups: this is one daemon on one file
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
[mon]
mon data = {folder}/mon
mon cluster log file = {folder}/log/cluster.log
# the monitor collects changes for a second before it commits them; a dozen of those in a row is most of the start
paxos propose interval = 0.05
paxos min wait = 0.02
mon data avail warn = 1
mon data avail crit = 1
[osd]
osd data = {folder}/osd
osd objectstore = bluestore
bluestore block size = {size}
bluestore fsck on mkfs = false
bluestore cache autotune = false
bluestore cache size = 67108864
osd class update on start = false
[client]
rgw data = {folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:{port} tcp_nodelay=1
rgw enable usage log = false
rgw thread pool size = 64
"""
STS = """\
rgw s3 auth use sts = true
rgw sts key = testbed-16-bytes
"""

_ACCESS = re.compile(r'beast: 0x[0-9a-f]+: 127\.0\.0\.1 - (\S+) \[[^\]]+\] "([A-Z]+) (\S+) HTTP/')

CAPABILITIES = {
    "mon.": {"mon": "allow *"},
    "client.admin": {"mon": "allow *", "osd": "allow *", "mgr": "allow *"},
    "osd.0": {"mon": "allow profile osd", "osd": "allow *"},
    "client.rgw.a": {"mon": "allow rwx", "osd": "allow rwx"},
}


def available() -> bool:
    """Whether Ceph's programs are installed."""
    return not missing(CEPH_PACKAGES) and find("ceph") is not None


@dataclass(kw_only=True, eq=False)
class Rgw(Server):
    """One Ceph cluster with one gateway. ``start()`` raises ServerError with the end of the right log.

    ``sts``: roles can be taken; keys nobody knows are then refused as AccessDenied, as RGW does not say more with it.
    ``size`` is the storage file's length in bytes; it is sparse, about 45 MB are used when empty. What an earlier run
    left in ``folder`` is removed first: a cluster is cheap to make and a half-made one is not worth repairing.
    """

    size: int = 4 << 30
    sts: bool = False
    # The state is thrown away, so nothing is won by an orderly shutdown of five seconds.
    children: Children = field(default_factory=lambda: Children(grace=0.3))

    @property
    def endpoint_url(self) -> str:
        """``http://127.0.0.1:PORT``."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """The gateway's log, which holds every request; the storage's and the monitor's lie beside it."""
        return self._log("client.rgw.a")

    @property
    def logs(self) -> Iterable[Path]:
        """Those of all daemons."""
        return (self.folder / "log").glob("*")

    def start(self) -> Self:
        """Make a new cluster under the folder and wait until the gateway answers."""
        if len(os.fsencode(self.folder)) > LONGEST_FOLDER:
            raise ServerError(f"{self.folder}: at most {LONGEST_FOLDER} bytes, or Ceph's socket paths get too long")
        self.begin(lambda: self._start(free_port()))
        return self

    def _start(self, mon_port: int) -> None:
        for name in ("mon", "osd", "run", "rgw", "log", "crash"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            (self.folder / name).mkdir(parents=True)
        fsid, osd = str(uuid.uuid4()), str(uuid.uuid4())
        self._config.write_text(
            CONFIG.format(folder=self.folder, fsid=fsid, mon_port=mon_port, port=self.port, size=self.size)
            + STS * self.sts
        )
        self._write_keyring()
        monmap = self.folder / "monmap"
        monmap.unlink(missing_ok=True)
        address = f"[v2:127.0.0.1:{mon_port}]"
        self._run("monmaptool", "--create", "--addv", "a", address, "--fsid", fsid, str(monmap), log="mon.a")
        self._run("ceph-mon", "--mkfs", "-i", "a", "--monmap", str(monmap), log="mon.a")
        self._daemon("mon.a", "ceph-mon", "-i", "a")
        self._wait("mon.a", lambda: listening(mon_port), 30)
        self._run("ceph", "--connect-timeout", "30", "osd", "new", osd, log="mon.a")
        self._run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", osd, log="osd.0")
        self._daemon("osd.0", "ceph-osd", "-i", "0")
        # The gateway waits by itself until storage is up, then makes its pools.
        self._daemon("client.rgw.a", "radosgw", "-n", "client.rgw.a")
        self._wait("client.rgw.a", self._answers, 90)

    def create_user(self, uid: str, *, read_only: bool = False) -> tuple[str, str]:
        """Make an S3 user; its access key and secret.

        ``read_only`` gives a user who sees every bucket (admin flag) and may change nothing (operation mask): RGW
        refuses all its writes, whatever a bucket's policy says. A bucket policy would also let an auditor in, but
        RGW 16.2 then calls the bucket public in GetBucketPolicyStatus, whomever the policy names.
        """
        access, secret = f"TESTBED{secrets.token_hex(6).upper()}", secrets.token_urlsafe(30)
        command = ["user", "create", f"--uid={uid}", f"--display-name={uid}"]
        command += [f"--access-key={access}", f"--secret-key={secret}"]
        if read_only:
            command += ["--admin", "--op-mask=read"]
        made = json.loads(self._run("radosgw-admin", *command, log="client.rgw.a"))
        if read_only and made["op_mask"] != "read":
            raise ServerError(f"radosgw made user {uid} with operations {made['op_mask']!r} instead of read only")
        return access, secret

    def create_role(self, name: str, *, trusts: str, may: list[str]) -> str:
        """Make a role that the user `trusts` may take, and that `may` do these actions everywhere; its ARN."""
        trust: dict[str, object] = {
            "Effect": "Allow", "Principal": {"AWS": [f"arn:aws:iam:::user/{trusts}"]}, "Action": ["sts:AssumeRole"],
        }  # fmt: skip
        rights = {"Effect": "Allow", "Action": may, "Resource": ["arn:aws:s3:::*", "arn:aws:s3:::*/*"]}
        documents = [json.dumps({"Version": "2012-10-17", "Statement": [each]}) for each in (trust, rights)]
        command = ["role", "create", f"--role-name={name}", f"--assume-role-policy-doc={documents[0]}"]
        made = json.loads(self._run("radosgw-admin", *command, log="client.rgw.a"))
        command = ["role-policy", "put", f"--role-name={name}", "--policy-name=own", f"--policy-doc={documents[1]}"]
        self._run("radosgw-admin", *command, log="client.rgw.a")
        return str(made["Arn"])

    @property
    def _config(self) -> Path:
        return self.folder / "ceph.conf"

    def requests(self) -> list[tuple[str, str, str]]:
        """Who, method, path with query of every request so far, as the gateway's own access log has them."""
        wait_until(self._answers, seconds=10, what="the gateway's log", log=self.log, alive=lambda: True)
        settle(self.log, 0.3)
        found = _ACCESS.findall(self.log.read_text("utf-8", "replace"))
        return [request for request in found if not request[2].startswith("/ready-")]

    def _answers(self) -> bool:
        """Whether *this* gateway answers: the request's unique path appears in its own log, not in a stranger's."""
        path = f"/ready-{secrets.token_hex(4)}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", path)
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        time.sleep(0.05)  # the log is written by a thread of its own
        return path in self.log.read_text("utf-8", "replace")

    def _log(self, name: str) -> Path:
        return self.folder / "log" / f"{name}.log"

    def _environment(self) -> dict[str, str]:
        # The `ceph` command is a Python script for the system's interpreter: this virtual environment is none of its
        # business. TCMALLOC's default cache doubles the daemons' memory.
        dropped = ("PYTHONPATH", "PYTHONHOME", "CEPH_ARGS", "CEPH_CONF", "VIRTUAL_ENV")
        kept = {name: value for name, value in os.environ.items() if name not in dropped}
        return {**kept, "TCMALLOC_MAX_TOTAL_THREAD_CACHE_BYTES": str(32 << 20)}

    def _command(self, program: str, *arguments: str) -> list[str]:
        path = find(program)
        if path is None:
            raise ServerError(f"{program} is not installed")
        configured = () if program == "monmaptool" else ("-c", str(self._config))
        return [path, *configured, *arguments]

    def _run(self, program: str, *arguments: str, log: str) -> str:
        command = self._command(program, *arguments)
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, env=self._environment(), timeout=90, check=False
            )
        except subprocess.TimeoutExpired:
            raise ServerError(f"{program} did not finish in 90 s\n  {tail(self._log(log))}") from None
        if done.returncode != 0:
            said = "\n".join(f"    {line[:300]}" for line in _errors(done.stderr))
            raise ServerError(
                f"{program} ended with {done.returncode}:\n{said}\n  {tail(self._log(log), pick=_errors)}"
            )
        return done.stdout

    def _daemon(self, name: str, program: str, *arguments: str) -> None:
        # What a daemon prints goes beside its own log, for the case that it ends before it opens one.
        command = self._command(program, "-f", *arguments)
        self.children.start(name, command, log=self.folder / "log" / f"{name}.out", env=self._environment())

    def _wait(self, name: str, ready: Callable[[], bool], seconds: float) -> None:
        out = self.folder / "log" / f"{name}.out"

        def alive() -> bool:
            for daemon in self.children.processes:
                if not self.children.alive(daemon):
                    logs = (self._log(daemon), self.folder / "log" / f"{daemon}.out")
                    said = "\n  ".join(tail(log, pick=_errors) for log in logs)
                    raise ServerError(f"{daemon} ended while starting\n  {said}")
            return True

        started = time.monotonic()
        wait_until(ready, seconds=seconds, what=name, log=self._log(name), alive=alive)
        with out.open("a") as stream:
            stream.write(f"testbed: {name} ready after {time.monotonic() - started:.1f} s\n")

    def _write_keyring(self) -> None:
        lines: list[str] = []
        for name, capabilities in CAPABILITIES.items():
            # Ceph's key: type AES (1), creation time in seconds and nanoseconds, length, the key; little endian.
            raw = struct.pack("<HIIH", 1, int(time.time()), 0, 16) + secrets.token_bytes(16)
            lines += [f"[{name}]", f"\tkey = {base64.b64encode(raw).decode()}"]
            lines += [f'\tcaps {service} = "{allowed}"' for service, allowed in capabilities.items()]
        keyring = self.folder / "keyring"
        keyring.touch(mode=0o600)
        keyring.write_text("\n".join(lines) + "\n")


def _errors(text: str) -> list[str]:
    """Of a Ceph log, the lines of priority -1 (errors) without the dump of recent events that follows a crash."""
    said = text.split("--- begin dump of recent events ---")[0].splitlines()
    errors = [line for line in said if " -1 " in line]
    return (errors or [line for line in said if line.strip()])[-8:]
