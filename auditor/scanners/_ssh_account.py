"""Who logs in where: an `SshTarget` completed from the SSH configuration, and the account's proof of identity."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path
from typing import Final

import paramiko

from auditor.errors import TargetError
from auditor.model.asset import GapCode
from auditor.model.engagement import SshTarget
from auditor.model.noun import noun
from auditor.model.text import printable
from auditor.scanners._known_hosts import SSH_PORT, KnownKeys, read_known_hosts
from auditor.scanners._ssh_config import HostConfig, expand, lookup

_DEFAULT_KEYS: Final = ("id_ed25519", "id_ecdsa", "id_rsa")
_GLOBAL_KNOWN_HOSTS: Final = Path("/etc/ssh/ssh_known_hosts")


@noun
class Account:
    """An account on a host with everything that is needed to reach it."""

    target: SshTarget
    host: str
    port: int
    user: str
    known: KnownKeys
    key_files: tuple[Path, ...]
    certificate_files: tuple[Path, ...]
    jump: SshTarget | None
    tried: list[str] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return printable(f"{self.user}@{self.host}:{self.port}")


def account_of(target: SshTarget) -> Account:
    """Complete a target from its configuration file (default ~/.ssh/config). TargetError if that cannot be read."""
    if target.config_file is not None and not target.config_file.is_file():
        raise TargetError(
            GapCode.NOT_FOUND,
            f"There is no SSH configuration {printable(str(target.config_file))}.",
            "Correct config_file in the engagement.",
        )
    config = lookup(target.config_file or Path.home() / ".ssh" / "config", target.host, target.user)
    host = (config.get("hostname") or target.host).replace("%h", target.host)
    user = target.user or config.get("user") or getpass.getuser()
    port = target.port or _port(config)
    if target.jump is None and config.none_or("proxyjump") is None and config.none_or("proxycommand") is not None:
        raise TargetError(
            GapCode.UNREACHABLE,
            f"The SSH configuration reaches {printable(target.host)} by a ProxyCommand, which is not run.",
            "Name the host in between as jump in the engagement, or use ProxyJump in the configuration.",
        )

    def paths(keyword: str) -> tuple[Path, ...]:
        named = config.lists.get(keyword, [])
        return tuple(expand(value, host=host, user=user) for value in named if value.lower() != "none")

    return Account(
        target=target,
        host=host,
        port=port,
        user=user,
        known=read_known_hosts(
            _known_hosts_files(target, config, host, user), config.get("hostkeyalias") or host, port
        ),
        key_files=(target.key_file,) if target.key_file else paths("identityfile"),
        certificate_files=(target.certificate_file,) if target.certificate_file else paths("certificatefile"),
        jump=target.jump or _proxy_jump(target, config),
    )


def authenticate(transport: paramiko.Transport, account: Account) -> None:
    """Log in with each key, then the password. TargetError AUTHENTICATION_FAILED that names what was tried."""
    further: list[str] | None = _methods(transport, account)
    if transport.is_authenticated():
        return
    with _identities(account) as identities:
        for name, key in identities:
            account.tried.append(name)
            try:
                further = transport.auth_publickey(account.user, key)
                break
            except paramiko.BadAuthenticationType:
                break  # the server takes no keys at all
            except (paramiko.SSHException, EOFError, OSError, ValueError):
                if not transport.is_active():
                    break
    if further == [] and transport.is_authenticated():
        return
    if account.target.password_file is not None and transport.is_active():
        account.tried.append("password_file")
        try:
            transport.auth_password(account.user, _password(account.target.password_file))
        except (paramiko.SSHException, EOFError, OSError):
            pass
        else:
            if transport.is_authenticated():
                return
    raise _refused(account, transport)


def _methods(transport: paramiko.Transport, account: Account) -> list[str] | None:
    """Ask how the account may log in, as ssh itself does; servers do not count it as a try."""
    try:
        return list(transport.auth_none(account.user))
    except paramiko.BadAuthenticationType as error:
        account.methods.extend(error.allowed_types)
    except (paramiko.SSHException, EOFError, OSError):
        pass  # the tries that follow say what is the matter
    return None


def identity_files(account: Account) -> tuple[list[bytes], list[bytes]]:
    """The private key files that log in without an agent, and the certificates beside them, as bytes."""
    files = list(account.key_files)
    if not files and account.target.password_file is None:
        files = [Path.home() / ".ssh" / name for name in _DEFAULT_KEYS]
    keys, certificates = [], []
    for file in files:
        try:
            paramiko.PKey.from_path(file)
            keys.append(file.read_bytes())
            certificates.append(file.with_name(f"{file.name}-cert.pub").read_bytes())
        except (OSError, TypeError, ValueError, paramiko.SSHException, paramiko.pkey.UnknownKeyType):
            continue  # not there, encrypted, or no key: ssh itself goes on as well
    return keys, certificates


def _refused(account: Account, transport: paramiko.Transport) -> TargetError:
    if not account.tried:
        return TargetError(
            GapCode.AUTHENTICATION_FAILED,
            f"There is no key and no password to log in as {account}.",
            "Name a key_file or password_file in the engagement, or add a key to the SSH agent (ssh-add).",
        )
    closed = "" if transport.is_active() else " and closed the connection"
    return TargetError(
        GapCode.AUTHENTICATION_FAILED,
        f"{account} refused every way to log in that was tried{closed}: {', '.join(account.tried)}.",
        "Check the account's name, and that its authorized_keys on the server holds the public key of one of these "
        "(a certificate: that it is valid now and names the account).",
    )


@contextmanager
def _identities(account: Account) -> Iterator[Iterator[tuple[str, paramiko.PKey]]]:
    """Named key files, then the agent's keys; the usual files of ~/.ssh where the engagement names no proof at all."""
    agent = None
    if account.target.agent and os.environ.get("SSH_AUTH_SOCK"):
        try:
            agent = paramiko.Agent()
        except (paramiko.SSHException, OSError):
            account.tried.append("SSH agent (it did not answer)")
    try:
        yield _keys(account, agent)
    finally:
        if agent is not None:
            agent.close()


def _keys(account: Account, agent: paramiko.Agent | None) -> Iterator[tuple[str, paramiko.PKey]]:
    for file in account.key_files:
        yield from _from_file(file, account, named=account.target.key_file is not None)
    if agent is not None:
        for key in agent.get_keys():
            yield f"agent key {key.fingerprint}", key
    if not account.key_files and account.target.password_file is None:
        for name in _DEFAULT_KEYS:
            file = Path.home() / ".ssh" / name
            if file.is_file():
                yield from _from_file(file, account, named=False)


def _from_file(file: Path, account: Account, *, named: bool) -> Iterator[tuple[str, paramiko.PKey]]:
    """The key of a file: with each certificate that is its own, then plain."""
    name = printable(str(file))
    try:
        key = paramiko.PKey.from_path(file)
    except OSError as error:
        why = os.strerror(error.errno or 0)
    except (TypeError, paramiko.PasswordRequiredException):
        why = "it is encrypted; add it to the SSH agent (ssh-add)"
    except (ValueError, paramiko.SSHException, paramiko.pkey.UnknownKeyType):
        why = "it holds no private key of type Ed25519, ECDSA or RSA"
    else:
        if key.public_blob is not None:  # the certificate beside the key file
            yield f"{name} with its certificate", key
        for certificate in account.certificate_files:
            if _certify(key, certificate, named=named and account.target.certificate_file is not None):
                yield f"{name} with {printable(certificate.name)}", key
        key.public_blob = None
        yield name, key
        return
    if not named:
        return
    if account.target.agent and os.environ.get("SSH_AUTH_SOCK"):
        account.tried.append(f"{name} (not used: {why})")
        return
    raise TargetError(
        GapCode.AUTHENTICATION_FAILED,
        f"The key file {name} cannot be used: {why}.",
        "Correct key_file in the engagement.",
    )


def _certify(key: paramiko.PKey, certificate: Path, *, named: bool) -> bool:
    """Give the key its certificate; False if that is another key's, an error if the engagement says it is this one's."""
    try:
        key.load_certificate(str(certificate))
        own = key.public_blob is not None and _certifies(key.public_blob.key_blob, key)
    except (OSError, ValueError, IndexError, paramiko.SSHException):
        own = False
    if not own:
        key.public_blob = None
        if not named:
            return False
        raise TargetError(
            GapCode.AUTHENTICATION_FAILED,
            f"{printable(str(certificate))} is no certificate of the key file in the engagement.",
            "Correct certificate_file in the engagement: ssh-keygen -L -f shows what it certifies.",
        ) from None
    return True


def _certifies(certificate: bytes, key: paramiko.PKey) -> bool:
    """Whether a certificate holds this public key: type, nonce, then the key's own fields (PROTOCOL.certkeys)."""

    def after_string(data: bytes) -> bytes:
        return data[4 + int.from_bytes(data[:4]) :]

    return after_string(after_string(certificate)).startswith(after_string(key.asbytes()))


def _password(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").split("\n", 1)[0].removesuffix("\r")
    except (OSError, UnicodeDecodeError):
        raise TargetError(
            GapCode.AUTHENTICATION_FAILED,
            f"The password file {printable(str(file))} cannot be read.",
            "Correct password_file in the engagement: a UTF-8 file whose first line is the password.",
        ) from None


def _port(config: HostConfig) -> int:
    port = config.get("port")
    return int(port) if port is not None and port.isdecimal() else SSH_PORT


def _known_hosts_files(target: SshTarget, config: HostConfig, host: str, user: str) -> list[Path]:
    if target.known_hosts is not None:
        return [target.known_hosts]
    own = config.get("userknownhostsfile")
    if own is None:
        files = [Path.home() / ".ssh" / "known_hosts", Path.home() / ".ssh" / "known_hosts2"]
    else:
        files = [expand(name, host=host, user=user) for name in own.split() if name.lower() != "none"]
    return [*files, _GLOBAL_KNOWN_HOSTS]


def _proxy_jump(target: SshTarget, config: HostConfig) -> SshTarget | None:
    """`ProxyJump user@first:port,second` as targets, each reached through the one before it.

    They share what says whom to trust (known_hosts, agent), never a key, a password or a pinned key of the target's.
    """
    jump: SshTarget | None = None
    for hop in (config.none_or("proxyjump") or "").split(","):
        if not hop.strip():
            continue
        user, _, place = hop.strip().removeprefix("ssh://").rpartition("@")
        name, port = _host_and_port(place)
        if name.lower() == target.host.lower():
            continue  # "Host *" with a ProxyJump covers the jump host too
        jump = replace(
            target,
            name=target.name,
            host=name,
            port=port,
            user=user or None,
            host_key=None,
            key_file=None,
            certificate_file=None,
            password_file=None,
            jump=jump,
        )
    return jump


def _host_and_port(place: str) -> tuple[str, int | None]:
    if place.startswith("["):
        host, _, port = place[1:].partition("]")
        port = port.removeprefix(":")
    elif place.count(":") == 1:
        host, _, port = place.partition(":")
    else:
        host, port = place, ""
    return host, int(port) if port.isdecimal() else None
