"""dask.distributed as the engine of a `Cluster` (facts/sources.md says why this one). An extra: `vendor-auditor[cluster]`.

What travels holds keys and credentials: TLS both ways, except on this machine itself.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import secrets
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

from auditor.errors import InputError, Problem
from auditor.model.engagement import AccessLimits, DatabaseTarget, Engagement, Executor, SshTarget
from auditor.workers.cluster import Engine
from auditor.workers.remote import forget, hold
from auditor.workers.shard import Sealed

_ADDRESS: Final = re.compile(r"(tcp|tls)://(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+):(\d{1,5})")
_PATIENCE: Final = 10


def check(executor: Executor, file: str = "--executor") -> None:
    """InputError for an address that is none, or without TLS to another machine, or TLS without its three files."""
    found = _ADDRESS.fullmatch(executor.address)
    if found is None:
        raise InputError(
            Problem(file=file, cause="this is no address of a cluster's scheduler", cure="write tls://HOST:8786")
        )
    files = (executor.ca_file, executor.cert_file, executor.key_file)
    if found[1] == "tcp" and not _is_loopback(found[2]):
        cause = "tcp:// would send keys and credentials in the clear to another machine"
        cure = "start the scheduler with TLS, write tls://HOST:PORT and give --executor-tls CA CERT KEY (docs/scale.md)"
        raise InputError(Problem(file=file, cause=cause, cure=cure))
    if found[1] == "tls" and None in files:
        cure = "give --executor-tls CA CERT KEY, or ca_file, cert_file and key_file in the engagement"
        raise InputError(
            Problem(file=file, cause="tls:// needs a certificate of ours and an authority to trust", cure=cure)
        )
    for path in files:
        if path is not None and not path.is_file():
            raise InputError(
                Problem(file=str(path), cause="there is no such file", cure="correct it, or make the file")
            )


def refuse_limits(engagement: Engagement) -> None:
    """InputError where the engagement has limits that a cluster could not keep."""
    limits = engagement.limits
    by_ssh = any(
        isinstance(target, SshTarget) or (isinstance(target, DatabaseTarget) and target.via is not None)
        for target in engagement.targets
    )
    connections = by_ssh and limits.connections != AccessLimits().connections
    if limits.bandwidth or limits.requests_per_second or limits.window or connections:
        cause = "the engagement has limits, which one machine keeps: a cluster's workers would each have their own"
        cure = "leave out the cluster, or bandwidth, requests_per_second, connections and window"
        raise InputError(Problem(file="--executor", cause=cause, cure=cure))


def connect(executor: Executor) -> Engine:
    """The engine at an address. InputError as `check`, and where distributed is missing or no scheduler answers."""
    check(executor)
    try:
        distributed: Any = import_module("distributed")  # it has no types
    except ImportError:
        cause = "a cluster needs the library distributed, which is not installed"
        raise InputError(
            Problem(file="--executor", cause=cause, cure="pip install 'vendor-auditor[cluster]'")
        ) from None
    for name in ("distributed", "tornado", "asyncio"):  # what matters arrives as an exception
        logging.getLogger(name).setLevel(logging.CRITICAL)
    security = None
    if executor.address.startswith("tls://"):
        security = distributed.Security(
            tls_ca_file=str(executor.ca_file), tls_client_cert=str(executor.cert_file), tls_client_key=str(executor.key_file), require_encryption=True,
        )  # fmt: skip
    try:
        client = distributed.Client(
            executor.address, security=security, timeout=_PATIENCE, set_as_default=False, name="auditor"
        )
    except (OSError, ValueError):  # ssl.SSLError and TimeoutError are OSErrors
        cause = f"no scheduler answers at {executor.address}, or it does not accept our certificate"
        cure = "start it (dask scheduler), check the address, and that both certificates are of one authority"
        raise InputError(Problem(file="--executor", cause=cause, cure=cure)) from None

    def share(sealed: Sealed) -> object:
        return client.submit(hold, sealed, key=f"auditor-setup-{secrets.token_hex(8)}", pure=False)

    def forget_run(run: str) -> None:
        with suppress(Exception):  # workers forget by themselves a minute later
            client.run(forget, run, on_error="ignore")

    def close() -> None:
        with suppress(Exception):  # a scheduler that is gone needs no farewell
            client.close(timeout=_PATIENCE)

    return Engine(client.get_executor(pure=False), share, forget_run, close)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
