"""How a server is guarded, from what it offered at login and what its settings say. What is not known is None, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from auditor.model.asset import Control
from auditor.model.text import printable
from auditor.scanners._ssh_collector import MOST_OF_A_FILE, Facts
from auditor.scanners._ssh_disks import encrypted
from auditor.scanners._ssh_logs import kept_days
from auditor.scanners._sshd_config import NotResolvedError, effective, in_match_blocks, unfollowed

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
_SETTINGS: Final = {
    "permitrootlogin": ("no", "prohibit-password", "without-password", "forced-commands-only"),
    "passwordauthentication": ("no",),
    "allowtcpforwarding": ("no",),
}
"""What is looked at, and the values with which all is well."""


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


def server_controls(target: str, facts: Facts | None, why: str, user: str, paths: Sequence[str]) -> Iterator[Control]:
    """What its settings say; without `facts` nothing, for the reason `why`. `paths`: what is audited, as the server resolves it."""

    def control(name: str, value: bool | str | int | None, detail: str) -> Control:
        return Control(target=target, name=name, value=value, detail=detail)

    if facts is None:
        for name in (*(f"sshd.{setting}" for setting in _SETTINGS), *_SERVER):
            yield control(name, None, f"The server's settings could not be looked at: {why}.")
        return
    yield from _sshd(target, facts, user)
    yield _clock(target, facts)
    yield control(
        "server.disk_encryption", *encrypted(facts.parts.get("disks", ""), facts.parts.get("mounts", ""), paths)
    )
    yield control("server.log_retention", *kept_days(facts.parts.get("logrotate", "")))
    copies = [path for path, text in facts.cron.items() if any(_COPIES_OUT.search(line) for line in _commands(text))]
    if copies:
        detail = f"They copy to other machines: {printable(', '.join(copies[:5]))}."
        yield control("server.cron_copies_out", len(copies), detail)
    elif facts.hidden or not facts.cron:
        where = f" ({printable(', '.join(facts.hidden[:5]))})" if facts.hidden else ""
        yield control("server.cron_copies_out", None, f"Not every scheduled job could be read{where}.")
    else:
        yield control("server.cron_copies_out", 0, "No job that could be read copies to another machine.")
    homes = [line for line in facts.parts.get("homes", "").splitlines() if len(line) == 10]
    opened = sum("r" in line[7:] for line in homes)
    yield control(
        "server.open_homes", opened if homes else None, f"Of {len(homes)} home directories others may list {opened}."
    )
    histories = [line for line in facts.parts.get("histories", "").splitlines() if len(line) == 10]
    readable = sum(line[7] == "r" for line in histories)
    yield control(
        "server.readable_histories",
        readable if homes else None,  # a home that cannot be entered keeps its history from others as well
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


def _sshd(target: str, facts: Facts, user: str) -> Iterator[Control]:
    connection = facts.parts.get("from", "").strip()
    why = _doubt(facts, connection)
    found: dict[str, dict[str, str]] = {}
    if not why:
        try:
            found = {account: effective(facts.config, account, connection) for account in {"root", user}}
            found[""] = effective(facts.config)
        except NotResolvedError as error:
            found, why = {}, f"sshd's configuration was read, but {error}"
    blocks = list(in_match_blocks(facts.config)) if found else []
    for setting, good in _SETTINGS.items():
        account = "root" if setting == "permitrootlogin" else user
        value = found.get(account, {}).get(setting)
        others = [found.get("", {}).get(setting, ""), *(said for keyword, said, _ in blocks if keyword == setting)]
        if value in good and any(other not in good for other in others):
            value, told = None, "it is set otherwise for other accounts or addresses (Match)"
        elif any(keyword == setting and not resolved for keyword, _, resolved in blocks):
            value, told = None, "a Match block sets it by group, host name or command"
        else:
            told = why or "this version of sshd does not have it"
        if value is None:
            yield Control(target=target, name=f"sshd.{setting}", value=None, detail=f"Not determined: {told}.")
        else:
            detail = f"As sshd's configuration says for {printable(account)} from {printable(connection.split()[0])}."
            yield Control(target=target, name=f"sshd.{setting}", value=printable(value), detail=detail)


def _doubt(facts: Facts, connection: str) -> str:
    """Why sshd's configuration cannot be resolved; "" if all of it is here."""
    if not facts.config:
        return "sshd's configuration may not be read by this account"
    if facts.closed:
        return f"a part of sshd's configuration may not be read by this account: {printable(facts.closed[0])}"
    if any(len(text.encode("utf-8", "replace")) >= MOST_OF_A_FILE for text in facts.config.values()):
        return "a file of sshd's configuration is too large to be looked at whole"
    if missing := unfollowed(facts.config, facts.includes):
        return f"a part of sshd's configuration was not found: {printable(missing)}"
    if len(connection.split()) != 4:
        return "the server does not say from which address it sees us (SSH_CONNECTION)"
    return ""


def _clock(target: str, facts: Facts) -> Control:
    said = facts.parts.get("clock", "").strip()
    if not said.isdigit() or facts.heard is None:
        return Control(
            target=target, name="server.clock_offset", value=None, detail="The server did not say what time it is."
        )
    offset = abs(int(said) - int(facts.heard))
    by = printable(", ".join(facts.parts.get("time", "").split())) or "no service that could be seen"
    return Control(
        target=target,
        name="server.clock_offset",
        value=offset,
        detail=f"{offset} s from this machine's clock; kept by {by}.",
    )


def _commands(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
