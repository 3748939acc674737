"""From a target to a connection that sessions can be opened on: socket, jump hosts, host key, login, in that order.

Nothing but the key exchange is said to a host whose key is not known: no name, no key, no password. Every wait ends.
Settings from facts/sources.md: AES-GCM first, TCP_NODELAY, a large window, and the server decides when to rekey
(paramiko's own rekeying can deadlock a transfer, its issue 822).
"""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

import paramiko

from auditor.errors import TargetError
from auditor.journal import Conduct
from auditor.model.asset import GapCode
from auditor.model.engagement import SshTarget
from auditor.model.noun import noun
from auditor.model.text import printable
from auditor.scanners._sftp import Sftp
from auditor.scanners._sftp_wire import Down, SftpDownError, SftpStatusError
from auditor.scanners._ssh_account import Account, account_of, authenticate
from auditor.scanners._ssh_commands import SHELL
from auditor.scanners._ssh_hostkey import Refusal, first_types, refusal, types_of_families
from auditor.scanners._ssh_shell import Shell
from auditor.scanners._ssh_socket import BufferedSocket, Packets, lighten, no_delay

# paramiko logs servers' banners, names and errors, in clear and with their control characters; what matters arrives
# as an exception. CRITICAL also keeps its threads' tracebacks from Python's last-resort handler on stderr.
logging.getLogger("paramiko").setLevel(logging.CRITICAL)

_WINDOW: Final = 32 << 20
_LEAST_WINDOW: Final = 1 << 18
_PACKET: Final = 1 << 18
_MAX_JUMPS: Final = 8
_FIRST_CIPHERS: Final = ("aes128-gcm@openssh.com", "aes256-gcm@openssh.com")
_NO_CIPHERS: Final = frozenset({"3des-cbc"})


@noun
class HostKey:
    """A host that proved to be the one that was meant."""

    host: str
    fingerprint: str
    pinned: bool


class SessionRefusedError(Exception):
    """The server lets a connection have no more sessions than it has (sshd's MaxSessions)."""


class Connection:
    """A login: what it rests on, and who was met on the way (`hosts`: jump hosts first, the target last)."""

    def __init__(
        self, transport: paramiko.Transport, account: Account, hosts: tuple[HostKey, ...], resources: ExitStack, conduct: Conduct,
    ) -> None:  # fmt: skip
        self.user = account.user
        self.hosts = hosts
        self._transport = transport
        self._account = account
        self._timeout = account.target.timeout
        self._resources = resources
        self._conduct = conduct
        # What is on its way cannot be held back: where a bandwidth is declared, only a quarter second of it is.
        limit = conduct.pace.limits.bandwidth
        self._window = max(_LEAST_WINDOW, min(_WINDOW, limit // 4)) if limit else _WINDOW

    def sftp(self) -> Sftp:
        """A new SFTP session. SessionRefusedError; TargetError UNREACHABLE where the server offers no SFTP."""
        self._conduct.ask("ssh sftp session")
        try:
            with _deadline(self._transport, 2 * self._timeout):
                channel = self._session()
                channel.invoke_subsystem("sftp")
                return Sftp(channel, self._timeout, self._conduct)
        except (paramiko.SSHException, EOFError, OSError, SftpDownError, SftpStatusError):
            raise TargetError(
                GapCode.UNREACHABLE,
                f"{self._account} let us in but offers no SFTP.",
                "Let the server have the line 'Subsystem sftp internal-sftp' in sshd_config, and the account use it.",
            ) from None

    def shell(self) -> Shell:
        """A new shell. SessionRefusedError; SftpDownError, REFUSED where the account may run no commands; TargetError."""
        self._conduct.command(SHELL)
        try:
            with _deadline(self._transport, 4 * self._timeout):
                channel = self._session()
                try:
                    channel.exec_command(SHELL)
                except paramiko.SSHException:
                    raise SftpDownError(Down.REFUSED if self.alive else Down.LOST) from None
                try:
                    return Shell(channel, self._timeout, self._conduct)
                except SftpDownError as error:
                    # Ended by the server, with a word on it: another program than the shell answered, or none.
                    ended = error.down is Down.LOST and (channel.eof_received or channel.exit_status != -1)
                    raise SftpDownError(Down.REFUSED if ended or error.down is Down.GARBLED else error.down) from None
        except (paramiko.SSHException, EOFError, OSError):
            raise SftpDownError(Down.LOST) from None

    @property
    def alive(self) -> bool:
        """Whether the connection is still there, as far as this end knows."""
        return self._transport.is_active()

    @property
    def offered(self) -> bytes:
        """What algorithms the server offered, as it wrote them (RFC 4253, 7.1)."""
        packets = self._transport.packetizer
        return packets.offered if isinstance(packets, Packets) else b""

    @property
    def methods(self) -> tuple[str, ...]:
        """How the server lets this account log in from here."""
        return tuple(self._account.methods)

    def close(self) -> None:
        """Hang up, the target first and the jump hosts after it."""
        self._resources.close()

    def _session(self) -> paramiko.Channel:
        try:
            channel = self._transport.open_session(
                window_size=self._window, max_packet_size=_PACKET, timeout=self._timeout
            )
        except paramiko.ChannelException:
            raise SessionRefusedError from None
        channel.settimeout(self._timeout)
        lighten(channel)
        return channel


def connect(target: SshTarget, conduct: Conduct) -> Connection:
    """Connect and log in. TargetError UNREACHABLE, HOST_KEY_REFUSED or AUTHENTICATION_FAILED, each with its cure."""
    with ExitStack() as resources:
        transport, account, hosts = log_in(target, resources, conduct)
        return Connection(transport, account, hosts, resources.pop_all(), conduct)


def log_in(
    target: SshTarget, resources: ExitStack, conduct: Conduct
) -> tuple[paramiko.Transport, Account, tuple[HostKey, ...]]:
    """A connection without a session, and what it rests on; TargetErrors as `connect`'s."""
    conduct.ask("ssh connection")
    hosts: list[HostKey] = []
    transport, account = _log_in(target, resources, hosts, jumps=0)
    conduct.note("connected", account=account.user, host_key=hosts[-1].fingerprint, jumps=len(hosts) - 1)
    return transport, account, tuple(hosts)


def _log_in(
    target: SshTarget, resources: ExitStack, hosts: list[HostKey], *, jumps: int
) -> tuple[paramiko.Transport, Account]:
    if jumps > _MAX_JUMPS:
        raise TargetError(
            GapCode.UNREACHABLE, "The jump hosts lead to each other.", "Check jump and ProxyJump for a circle."
        )
    account = account_of(target)
    through = _log_in(account.jump, resources, hosts, jumps=jumps + 1)[0] if account.jump else None
    transport = _known_host(account, through, resources)
    host_key = transport.get_remote_server_key()
    hosts.append(HostKey(host=str(account), fingerprint=host_key.fingerprint, pinned=target.host_key is not None))
    with _deadline(transport, 4 * target.timeout):
        authenticate(transport, account)
    return transport, account


def _known_host(account: Account, through: paramiko.Transport | None, resources: ExitStack) -> paramiko.Transport:
    """A connection to a host whose key is the right one.

    A server has several keys and shows one; a pinned key of another type is asked for before the host is refused.
    """
    first: Refusal | None = None
    for types in (first_types(account.known), *types_of_families(account)):
        transport = _transport(_socket(account, through), account, types)
        if transport is None:
            continue  # it has no key of that type
        refused = refusal(account, transport.get_remote_server_key())
        if refused is None:
            resources.callback(transport.close)
            return transport
        transport.close()
        first = first or refused
    if first is None:
        raise _unreachable(account, "It shows no host key of a type that is accepted (Ed25519, ECDSA, RSA with SHA-2).")
    raise first.error()


def _socket(account: Account, through: paramiko.Transport | None) -> socket.socket | paramiko.Channel:
    timeout = account.target.timeout
    if through is not None:
        try:
            channel = through.open_channel(
                "direct-tcpip",
                (account.host, account.port),
                ("127.0.0.1", 0),
                window_size=_WINDOW,
                max_packet_size=_PACKET,
                timeout=timeout,
            )
        except (paramiko.SSHException, EOFError, OSError):
            raise _unreachable(account, "The jump host could not reach it, or does not forward connections.") from None
        return channel
    try:
        connection = socket.create_connection((account.host, account.port), timeout)
    except TimeoutError:
        raise _unreachable(account, f"It did not answer within {timeout:g} s.") from None
    except socket.gaierror:
        raise _unreachable(account, "Its name is not known here.") from None
    except ConnectionRefusedError:
        raise _unreachable(account, "It refused the connection.") from None
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not valid"
        raise _unreachable(account, f"The connection failed ({printable(reason)}).") from None
    no_delay(connection)
    return connection


def _transport(
    connection: socket.socket | paramiko.Channel, account: Account, types: tuple[str, ...]
) -> paramiko.Transport | None:
    """Exchange keys, asking for host keys of these types; None if the server has none of them."""
    timeout = account.target.timeout
    wire: Any = BufferedSocket(connection)
    transport = paramiko.Transport(wire, _WINDOW, _PACKET, packetizer_class=Packets)
    transport.banner_timeout = transport.handshake_timeout = transport.auth_timeout = timeout
    transport.channel_timeout = timeout
    transport.clear_to_send_timeout = timeout
    options = transport.get_security_options()
    ours = [cipher for cipher in options.ciphers if cipher not in _NO_CIPHERS]
    options.ciphers = [*(c for c in _FIRST_CIPHERS if c in ours), *(c for c in ours if c not in _FIRST_CIPHERS)]
    options.key_types = [type for type in types if type in options.key_types]
    try:
        with _deadline(transport, timeout):
            transport.start_client(timeout=timeout)
            transport.get_remote_server_key()
    except paramiko.ssh_exception.IncompatiblePeer as error:
        transport.close()
        if "host key" in str(error):
            return None
        raise _unreachable(account, "It shares no encryption method with this program.") from None
    except (paramiko.SSHException, EOFError, OSError):
        transport.close()
        raise _unreachable(account, "What answered there did not speak SSH to its end.") from None
    return transport


@contextmanager
def _deadline(transport: paramiko.Transport, seconds: float) -> Iterator[None]:
    """Hang up if the block takes longer: some of paramiko's waits have no end of their own."""
    timer = threading.Timer(seconds, transport.close)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _unreachable(account: Account, why: str) -> TargetError:
    return TargetError(
        GapCode.UNREACHABLE,
        f"{printable(account.host)} port {account.port} cannot be reached. {why}",
        "Check host and port, that sshd runs there, and that no firewall lies in between (or name a jump host).",
    )
