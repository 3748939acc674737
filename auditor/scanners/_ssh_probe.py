"""`auditor doctor` for a server: each step on the way to a file's bytes, and what to do where it fails."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from itertools import islice

from auditor.errors import TargetError
from auditor.model.asset import Asset, GapCode, Probe
from auditor.model.engagement import SshTarget
from auditor.model.text import printable
from auditor.scanners._sftp import Sftp
from auditor.scanners._sftp_wire import NO_SUCH_FILE, SftpDownError, SftpStatusError
from auditor.scanners._ssh_connect import Connection
from auditor.scanners._ssh_walk import Request, Walk

_STEPS = ("connection", "host key", "login", "SFTP")
_READ_ONLY = (
    "On the server, in sshd_config: Match User {user}, ForceCommand internal-sftp -R, "
    "AllowTcpForwarding no, PermitTTY no."
)
_LOOK_AHEAD = 2000


def probes(target: SshTarget, connected: Callable[[], Connection], request: Request) -> Iterator[Probe]:
    """Try each step in turn. Nothing is written, so whether the account could is said, not tried."""

    def probe(what: str, ok: bool, detail: str = "", cure: str = "") -> Probe:
        return Probe(target=target.name, what=what, ok=ok, detail=detail, cure=cure)

    try:
        connection = connected()
    except TargetError as error:
        failed = {GapCode.HOST_KEY_REFUSED: 1, GapCode.AUTHENTICATION_FAILED: 2}.get(GapCode(error.code), 0)
        for step in _STEPS[:failed]:
            yield probe(step, True)
        yield probe(_STEPS[failed], False, error.detail, error.cure)
        return
    user = printable(connection.user)
    yield probe("connection", True, connection.hosts[-1].host)
    yield probe("host key", True, connection.hosts[-1].fingerprint)
    yield probe("login", True, f"as {user}")
    yield probe("SFTP", True)
    for path in target.paths:
        yield probe(f"list {printable(path)}", *_listed(path, request))
    yield probe("read a file", *_read(target, request))
    cure = _READ_ONLY.format(user=user)
    if user == "root":
        yield probe("read-only account", False, "root can change anything on the server; the audit only reads.", cure)
    else:
        yield probe("read-only account", True, f"Not tried, as trying would be writing. {cure}")


def _listed(path: str, request: Request) -> tuple[bool, str, str]:
    name = path.removeprefix("~/").encode("utf-8", "surrogateescape") if path != "~" else b"."

    def ask(sftp: Sftp) -> str:
        if stat.S_ISREG(sftp.stat(name).mode or 0):
            return "a file"
        listing = sftp.listdir(name)
        return listing.cut[1] if listing.cut else f"{len(listing.entries)} entries"

    try:
        return True, request(ask), ""
    except (SftpStatusError, SftpDownError) as error:
        absent = isinstance(error, SftpStatusError) and error.status == NO_SUCH_FILE
        detail = "There is no such file or folder on the server." if absent else error.gap[1]
        return False, detail, "Check the path, and that the account may read it and enter the folders above it."
    except TargetError as error:
        return False, error.detail, error.cure


def _read(target: SshTarget, request: Request) -> tuple[bool, str, str]:
    """The first bytes of the first file among the first things listed."""
    refusals = 0
    for asset in islice(Walk(target, request).run(), _LOOK_AHEAD):
        if not isinstance(asset, Asset) or not asset.size:
            continue

        def ask(sftp: Sftp, asset: Asset = asset) -> None:
            file = sftp.open(asset.locator, 1)
            try:
                next(file.blocks(), b"")
            finally:
                file.close()

        try:
            request(ask)
        except SftpStatusError:
            refusals += 1
        except (SftpDownError, TargetError) as error:
            return False, str(error), "Run the doctor again; if it stays so, look into the server's sshd log."
        else:
            return True, asset.path, ""
        if refusals >= 10:
            break
    if refusals:
        return False, f"{refusals} files were tried and none may be read.", "Give the account the right to read them."
    return True, "There is no file with content among the first things listed.", ""
