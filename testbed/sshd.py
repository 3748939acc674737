"""A real OpenSSH server on loopback: ``with Sshd(folder) as server: …``.

Everything it needs (host key, the auditor's key pair, configuration, log) lies under one folder. As root it lets in
the unprivileged account ``nobody``; without root sshd can let in nobody but the own user.
"""

from __future__ import annotations

import getpass
import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from testbed.packages import SSH_PACKAGES, by_hand, find, missing
from testbed.process import Server, ServerError

#: The server itself refuses every write, whatever the client asks for.
READ_ONLY = "internal-sftp -R"


def keygen(path: Path, comment: str = "auditor-testbed") -> Path:
    """Make an unencrypted ed25519 key pair at ``path`` (and ``path``.pub) unless it is there; the private key's path."""
    if not path.exists():
        _ssh_keygen("-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", str(path))
    return path


def fingerprint(public_key: Path) -> str:
    """``SHA256:…`` of a public key file, as ssh-keygen -l prints it."""
    return _ssh_keygen("-l", "-f", str(public_key)).split()[1]


def sign_user_key(ca_key: Path, public_key: Path, *, principal: str, validity: str = "-5m:+1d") -> Path:
    """Sign a user's public key with a CA key; the path of the certificate (``…-cert.pub``) that ssh-keygen writes."""
    _ssh_keygen("-q", "-s", str(ca_key), "-I", "auditor", "-n", principal, "-V", validity, str(public_key))
    return public_key.with_name(public_key.name.removesuffix(".pub") + "-cert.pub")


def _ssh_keygen(*arguments: str) -> str:
    command = find("ssh-keygen")
    if command is None:
        raise ServerError(f"ssh-keygen is not installed; as root: {by_hand(missing(SSH_PACKAGES))}")
    done = subprocess.run([command, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ServerError(f"ssh-keygen {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout


@dataclass(kw_only=True, eq=False)
class Sshd(Server):
    """One sshd. Options are keyword arguments; ``start()`` raises ServerError with the end of the log.

    ``force_command`` None allows any command (sshd runs commands through the account's shell, and nobody's is
    ``nologin``: such tests pass ``user``, e.g. root); ``chroot`` needs root and a root-owned path (not a temporary folder);
    ``authorized_keys`` are public key lines let in beside the auditor's own; ``trusted_user_ca`` is a CA's public key
    file; ``extra`` are raw sshd_config lines, put first because sshd keeps the first value it sees, and ``last`` ones (Match blocks) put last. ``prefix`` is a command that runs
    sshd (strace, unshare).
    """

    user: str = ""
    force_command: str | None = READ_ONLY
    chroot: str | None = None
    password_authentication: bool = False
    public_key_authentication: bool = True
    allow_tcp_forwarding: bool = False
    trusted_user_ca: Path | None = None
    authorized_keys: Sequence[str] = ()
    extra: Sequence[str] = ()
    last: Sequence[str] = ()
    prefix: Sequence[str] = ()
    host: str = "127.0.0.1"

    def __post_init__(self) -> None:
        if not self.user:
            self.user = "nobody" if os.geteuid() == 0 else getpass.getuser()
        super().__post_init__()

    @property
    def log(self) -> Path:
        """sshd's log (LogLevel VERBOSE: it names refused and accepted keys)."""
        return self.folder / "sshd.log"

    @property
    def client_key(self) -> Path:
        """The auditor's private key (ed25519, no passphrase, 0600)."""
        return self.folder / "client" / "id_ed25519"

    @property
    def host_key(self) -> Path:
        """The server's private host key; the public one is beside it as ``.pub``."""
        return self.folder / "host_ed25519"

    @property
    def host_key_fingerprint(self) -> str:
        """``SHA256:…`` of the host key: what an engagement pins."""
        return fingerprint(self.host_key.with_suffix(".pub"))

    @property
    def known_hosts(self) -> str:
        """The host's line for a known_hosts file: ``[127.0.0.1]:PORT ssh-ed25519 AAAA…``."""
        kind, key = self.host_key.with_suffix(".pub").read_text().split()[:2]
        return f"[{self.host}]:{self.port} {kind} {key}"

    def start(self) -> Self:
        """Write keys and configuration, start sshd, wait until it greets; ServerError otherwise."""
        sshd = find("sshd")
        if sshd is None:
            raise ServerError(f"sshd is not installed; as root: {by_hand(missing(SSH_PACKAGES))}")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.client_key.parent.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            # Debian compiled this privilege separation folder in; the service would create it, nobody else does.
            Path("/run/sshd").mkdir(mode=0o755, parents=True, exist_ok=True)
        keygen(self.host_key, "testbed-host")
        keygen(self.client_key)
        # sshd opens this file as the user who logs in, so it may not lie in a folder closed to that user.
        keys = self.folder / "authorized_keys"
        keys.write_text("".join(f"{line}\n" for line in (self._client_line(), *self.authorized_keys)))
        keys.chmod(0o644)
        self._reachable()
        command = [*self.prefix, sshd, "-D", "-f", str(self.folder / "sshd_config"), "-E", str(self.log)]

        def once() -> None:
            self._write_config()
            self.children.start("sshd", command, log=self.log)
            self.wait_for("sshd", f"Server listening on {self.host} port {self.port}.", seconds=15)

        self.begin(once)
        return self

    def _client_line(self) -> str:
        return self.client_key.with_suffix(".pub").read_text().strip()

    def _reachable(self) -> None:
        """As root, refuse a folder below one that the unprivileged account cannot enter (sshd would only say no)."""
        if os.geteuid() != 0 or self.user == "root":
            return
        try:
            account = pwd.getpwnam(self.user)
        except KeyError:  # one that only sshd's own namespace knows
            return
        for parent in (self.folder, *self.folder.parents):
            mode = parent.stat()
            shift = 6 if mode.st_uid == account.pw_uid else 3 if mode.st_gid == account.pw_gid else 0
            if not mode.st_mode >> shift & 1:
                raise ServerError(
                    f"{parent} is closed to {self.user}: sshd could not read authorized_keys in {self.folder}"
                )

    def _write_config(self) -> None:
        lines = [
            *self.extra,
            f"Port {self.port}",
            f"ListenAddress {self.host}",
            f"HostKey {self.host_key}",
            "PidFile none",
            f"AuthorizedKeysFile {self.folder}/authorized_keys",
            "AuthenticationMethods any",
            f"AllowUsers {self.user}",
            f"PubkeyAuthentication {_yes(self.public_key_authentication)}",
            f"PasswordAuthentication {_yes(self.password_authentication)}",
            "KbdInteractiveAuthentication no",
            "PermitRootLogin prohibit-password",
            "StrictModes no",
            "UsePAM no",
            "UseDNS no",
            "PermitUserRC no",
            "PermitTTY no",
            "PrintMotd no",
            "X11Forwarding no",
            "AllowAgentForwarding no",
            "AllowStreamLocalForwarding no",
            f"AllowTcpForwarding {_yes(self.allow_tcp_forwarding)}",
            "LogLevel VERBOSE",
            "Subsystem sftp internal-sftp",
        ]
        if self.trusted_user_ca is not None:
            lines.append(f"TrustedUserCAKeys {self.trusted_user_ca}")
        if self.chroot is not None:
            lines.append(f"ChrootDirectory {self.chroot}")
        if self.force_command is not None:
            lines.append(f"ForceCommand {self.force_command}")
        lines.extend(self.last)
        (self.folder / "sshd_config").write_text("".join(f"{line}\n" for line in lines))


def _yes(value: bool) -> str:
    return "yes" if value else "no"
