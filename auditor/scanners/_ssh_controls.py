"""How a server is guarded, from what it offered at login and what its settings say. What is not known is None, with the reason."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Final

from auditor.model.asset import Control
from auditor.model.text import printable
from auditor.scanners._ssh_collector import Facts
from auditor.scanners._sshd_config import NotResolvedError, effective

_WEAK: Final = re.compile(
    r"3des-cbc|.*-cbc(?:@.*)?|arcfour.*|blowfish.*|cast128.*|hmac-md5.*|hmac-ripemd.*|hmac-sha1-96.*|"
    r"diffie-hellman-group1-sha1|diffie-hellman-group14-sha1|diffie-hellman-group-exchange-sha1|rsa1024-sha1|ssh-dss.*|none"
)
_KINDS: Final = 6
"""Key exchanges, host keys, ciphers and MACs each way; compression and languages follow."""
_COPIES_OUT: Final = re.compile(
    r"\b(?:scp|rsync)\b[^#\n]*\s\S+@?\S*:|\b(?:sftp|rclone|lftp|ncftpput|gsutil|azcopy)\s|\bs3\s+(?:cp|sync|mv)\s|\bs3cmd\s+(?:put|sync)"
    r"|\bcurl\b[^#\n]*(?:\s-T\s|--upload-file|\s-F\s|--data-binary\s+@|\s-d\s+@)|\|\s*ssh\s|\b(?:nc|ncat|socat)\s|\bmail(?:x)?\b[^#\n]*\s-a\s"
)
_DAYS: Final = {"hourly": 1 / 24, "daily": 1, "weekly": 7, "monthly": 30, "yearly": 365}
_SETTINGS: Final = ("permitrootlogin", "passwordauthentication", "allowtcpforwarding")


def login_controls(target: str, offered: bytes, methods: tuple[str, ...]) -> Iterator[Control]:
    """What any client sees."""
    names = algorithms(offered)
    weak = sorted({name for name in names if _WEAK.fullmatch(name)})
    detail = "The server offers them to every client." if weak else "None that is known to be broken is offered."
    if not names:
        yield Control(
            target=target, name="ssh.weak_algorithms", value=None, detail="What the server offers was not understood."
        )
    else:
        yield Control(
            target=target, name="ssh.weak_algorithms", value=printable(", ".join(weak)) or "none", detail=detail
        )
    if not methods:
        yield Control(
            target=target,
            name="ssh.password_login",
            value=None,
            detail="The server did not say how this account may log in.",
        )
    else:
        passwords = {"password", "keyboard-interactive"} & set(methods)
        detail = f"Offered to this account from here: {printable(', '.join(methods))}."
        yield Control(target=target, name="ssh.password_login", value=bool(passwords), detail=detail)


def server_controls(target: str, facts: Facts | None, why: str, user: str, address: str) -> Iterator[Control]:
    """What its settings say; without `facts` nothing, for the reason `why`."""

    def control(name: str, value: bool | str | int | None, detail: str) -> Control:
        return Control(target=target, name=name, value=value, detail=detail)

    if facts is None:
        for name in (*(f"sshd.{setting}" for setting in _SETTINGS), *_SERVER):
            yield control(name, None, f"The server's settings could not be looked at: {why}.")
        return
    yield from _sshd(target, facts, user, address)
    yield _clock(target, facts)
    disks = [line.split(" ")[0] for line in facts.parts.get("disks", "").splitlines() if line.strip()]
    if not disks:
        yield control("server.disk_encryption", None, "lsblk shows no disks to this account.")
    elif "crypt" in disks:
        yield control("server.disk_encryption", True, "lsblk shows an encrypted volume (dm-crypt).")
    else:
        yield control(
            "server.disk_encryption",
            False,
            "lsblk shows no encrypted volume; what lies below the system cannot be seen from it.",
        )
    yield _retention(target, facts)
    if facts.cron:
        copies = [
            path for path, text in facts.cron.items() if any(_COPIES_OUT.search(line) for line in _commands(text))
        ]
        shown = printable(", ".join(copies[:5]))
        detail = (
            f"They copy to other machines: {shown}."
            if copies
            else "No job that could be read copies to another machine."
        )
        yield control("server.cron_copies_out", len(copies), detail)
    else:
        yield control("server.cron_copies_out", None, "No scheduled job could be read.")
    homes = [line for line in facts.parts.get("homes", "").splitlines() if len(line) == 10]
    opened = sum("r" in line[7:] for line in homes)
    yield control(
        "server.open_homes", opened if homes else None, f"Of {len(homes)} home directories others may list {opened}."
    )
    histories = [line for line in facts.parts.get("histories", "").splitlines() if len(line) == 10]
    readable = sum(line[7] == "r" for line in histories)
    yield control(
        "server.readable_histories",
        readable,
        f"Of {len(histories)} shell histories that could be seen others may read {readable}.",
    )


_SERVER: Final = (
    "server.clock_offset", "server.disk_encryption", "server.log_retention", "server.cron_copies_out", "server.open_homes",
    "server.readable_histories",
)  # fmt: skip


def algorithms(offered: bytes) -> list[str]:
    """The names in a server's key exchange offer; none where it is garbled."""
    at, names = 16, []
    for _ in range(_KINDS):
        length = int.from_bytes(offered[at : at + 4])
        if at + 4 + length > len(offered):
            return []
        names += offered[at + 4 : at + 4 + length].decode("ascii", "replace").split(",")
        at += 4 + length
    return [name for name in names if name]


def _sshd(target: str, facts: Facts, user: str, address: str) -> Iterator[Control]:
    why = ""
    found: dict[str, dict[str, str]] = {}
    if not facts.config:
        why = "sshd's configuration may not be read by this account"
    elif facts.closed:
        why = f"a part of sshd's configuration may not be read by this account: {printable(facts.closed[0])}"
    else:
        try:
            found = {account: effective(facts.config, account, address) for account in {"root", user}}
        except NotResolvedError as error:
            why = f"sshd's configuration was read, but {error}"
    for setting in _SETTINGS:
        account = "root" if setting == "permitrootlogin" else user
        value = found.get(account, {}).get(setting)
        if value is None:
            detail = f"Not determined: {why or 'this version of sshd does not have it'}."
            yield Control(target=target, name=f"sshd.{setting}", value=None, detail=detail)
        else:
            detail = f"As sshd's configuration says for {printable(account)} from {printable(address)}."
            yield Control(target=target, name=f"sshd.{setting}", value=printable(value), detail=detail)


def _clock(target: str, facts: Facts) -> Control:
    said = facts.parts.get("clock", "").strip()
    if not said.isdigit():
        return Control(
            target=target, name="server.clock_offset", value=None, detail="The server did not say what time it is."
        )
    offset = abs(int(said) - int(time.time()))
    by = printable(", ".join(facts.parts.get("time", "").split())) or "no service that could be seen"
    return Control(
        target=target,
        name="server.clock_offset",
        value=offset,
        detail=f"{offset} s from this machine's clock; kept by {by}.",
    )


def _retention(target: str, facts: Facts) -> Control:
    """The fewest days for which a rule of logrotate that could be seen keeps logs."""
    name = "server.log_retention"
    days: list[float] = []
    period, rotate = 7.0, None
    for line in facts.parts.get("logrotate", "").splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        if words[0] in _DAYS:
            period = _DAYS[words[0]]
        elif words[0] in ("rotate", "maxage") and len(words) > 1 and words[1].isdigit():
            rotate = int(words[1])
        if words[-1] == "}" and rotate is not None:
            days.append(rotate * period)
    if not days and rotate is not None:
        days.append(rotate * period)
    if not days:
        return Control(target=target, name=name, value=None, detail="logrotate's settings could not be read.")
    return Control(
        target=target,
        name=name,
        value=int(min(days)),
        detail=f"logrotate keeps system logs for {int(min(days))} days at least on this server.",
    )


def _commands(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
