"""`auditor doctor` for a server: each step on the way to a file's bytes, and what to do where it fails."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from itertools import islice

from auditor.errors import TargetError
from auditor.filenames import holds_identifier
from auditor.model.asset import Asset, GapCode, Probe
from auditor.model.engagement import SshTarget
from auditor.model.text import printable
from auditor.scanners._sftp import Sftp
from auditor.scanners._sftp_wire import NO_SUCH_FILE, SftpDownError, SftpStatusError
from auditor.scanners._ssh_connect import Connection
from auditor.scanners._ssh_tar import Bulk
from auditor.scanners._ssh_walk import Request, Walk

_STEPS = ("connection", "host key", "login", "SFTP")
_READ_ONLY = (
    "Have the vendor grant what docs/vendor-access.md says: an account of its own that cannot write (in sshd_config: "
    "Match User …, ForceCommand internal-sftp -R)."
)
_LOOK_AHEAD = 2000


def probes(
    target: SshTarget,
    connected: Callable[[], Connection],
    request: Request,
    find_bulk: Callable[[], tuple[Bulk | None, str]],
) -> Iterator[Probe]:
    """Try each step in turn. Nothing is written: whether the account could, is seen from its rights."""

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
    try:
        request(lambda sftp: sftp.stat(b"."))
    except (SftpStatusError, SftpDownError):
        pass  # SFTP is there; what may be read is tried below
    except TargetError as error:
        yield probe("SFTP", False, error.detail, error.cure)
        return
    yield probe("SFTP", True)
    for path in target.paths:
        yield probe(f"list {printable(path)}", *_listed(path, request))
    yield probe("read a file", *_read(target, request))
    try:
        bulk, why = find_bulk()
        if bulk is None and target.sudo:
            yield probe("sudo", False, f"{why}.", "Have the vendor add the lines of docs/vendor-access.md to sudoers.")
        elif bulk is None:
            yield probe("commands", True, f"none, files are read over SFTP: {why}.")
        else:
            yield probe("commands", True, f"files are read in bulk by tar{' with sudo' if target.sudo else ''}.")
        strong, detail = _could_write(target, user, request, bulk)
    except (SftpStatusError, SftpDownError, TargetError) as error:
        yield probe("read-only account", False, str(error), "Run the doctor again.")
        return
    cure = _READ_ONLY if strong else ""
    yield Probe(target=target.name, what="read-only account", ok=True, detail=detail, cure=cure, warning=strong)


def _could_write(target: SshTarget, user: str, request: Request, bulk: Bulk | None) -> tuple[bool, str]:
    """Whether the account could change anything there, and how that is known. Nothing is tried."""
    if request(lambda sftp: sftp.read_only) and bulk is None:
        return False, "The server refuses every write (internal-sftp -R)."
    if user == "root":
        return True, "root can change anything on the server; the audit only reads."
    if target.sudo:
        return True, "The account may use sudo; see that it may run the commands of docs/vendor-access.md alone."
    if bulk is not None:
        names = [path.removeprefix("~/") if path != "~" else "." for path in target.paths]
        writable = bulk.writable([name.encode("utf-8", "surrogateescape") for name in names])
    else:
        home = request(lambda sftp: sftp.realpath(b"."))
        own = None if home == b"/" else request(lambda sftp: sftp.stat(b".").uid)  # its home is its own; / is nobody's
        names = list(target.paths)
        writable = [_writable_by_mode(path, own, request) for path in names]
    found = [printable(name) for name, yes in zip(names, writable, strict=True) if yes]
    if found:
        return True, f"It could write into {', '.join(found)}. The audit never does."
    how = "test -w" if bulk is not None else "the folders' modes"
    return bulk is None, f"It could write into none of the paths, by {how}; what lies below them may differ."


def _writable_by_mode(path: str, own: int | None, request: Request) -> bool:
    name = path.removeprefix("~/").encode("utf-8", "surrogateescape") if path != "~" else b"."
    try:
        facts = request(lambda sftp: sftp.stat(name))
    except SftpStatusError:
        return False
    mode = facts.mode or 0
    return bool(mode & stat.S_IWOTH or (facts.uid == own and mode & stat.S_IWUSR))


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
            return True, "" if holds_identifier(asset.path) else asset.path, ""
        if refusals >= 10:
            break
    if refusals:
        return False, f"{refusals} files were tried and none may be read.", "Give the account the right to read them."
    return True, "There is no file with content among the first things listed.", ""
