"""What another machine needs to read a target as this one does: addresses, whom to trust, and proof of identity.

`pack` runs where the user's files are, `unpack` where the reading is done. What is in a `Luggage` is secret: it shows
nothing of itself, and on Linux it is only ever written to nameless memory, which ends with the process.
"""

from __future__ import annotations

import base64
import os
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import field, replace
from pathlib import Path
from typing import Final

from auditor.errors import TargetError
from auditor.journal import Conduct, Journal
from auditor.model.asset import GapCode
from auditor.model.engagement import AzureTarget, DatabaseTarget, LocalTarget, S3Target, SshTarget, Target
from auditor.model.noun import noun

_MAX_JUMPS: Final = 8
_HIDDEN: Final = "Luggage(…)"


@noun
class Proof:
    """How to log in: private keys and certificates (OpenSSH files), a password, an AWS credentials file, or Azure's token; PEM of an authority."""

    known_hosts: bytes = b""
    keys: tuple[bytes, ...] = ()
    certificates: tuple[bytes, ...] = ()
    password: bytes | None = None
    credentials: bytes | None = None
    authority: bytes | None = None
    jump: Luggage | None = None

    def __repr__(self) -> str:
        return "Proof(…)"


@noun
class Luggage:
    """A target with all that reading it takes."""

    target: Target
    proof: Proof = field(default_factory=Proof)

    def __repr__(self) -> str:
        return _HIDDEN


def pack(target: Target, journal: Journal | None = None) -> Luggage:
    """Take along what a target needs; a role is taken here, which the journal holds. TargetError where its proof of identity
    cannot leave this machine (an SSH agent).
    """
    match target:
        case LocalTarget():
            return Luggage(target=target)
        case SshTarget():
            return _pack_ssh(target, jumps=0)
        case S3Target():
            return _pack_s3(target, Conduct(target.name, None, journal))
        case AzureTarget():
            return _pack_azure(target)
        case DatabaseTarget():  # never sent (workers.cluster): one connection is no gain for many machines
            return Luggage(target=target)


def unpack(luggage: Luggage, resources: ExitStack) -> Target:
    """The target, with files that last as long as `resources`."""
    match luggage.target:
        case LocalTarget() | DatabaseTarget():
            return luggage.target
        case SshTarget():
            return _unpack_ssh(luggage, luggage.target, resources)
        case S3Target() | AzureTarget():
            proof = luggage.proof
            return replace(
                luggage.target,
                credentials_file=_file(proof.credentials or b"", resources),
                ca_file=None if proof.authority is None else _file(proof.authority, resources),
            )


def _pack_ssh(target: SshTarget, *, jumps: int) -> Luggage:
    """With the SSH configuration, known_hosts and defaults of this machine resolved: the other one's must not matter."""
    from auditor.scanners._ssh_account import account_of, identity_files

    if jumps > _MAX_JUMPS:
        raise TargetError(
            GapCode.UNREACHABLE, "The jump hosts lead to each other.", "Check jump and ProxyJump for a circle."
        )
    account = account_of(target)
    keys, beside = identity_files(account)
    certificates = [data for file in account.certificate_files if (data := _read(file)) is not None]
    password = None if target.password_file is None else _read(target.password_file)
    if not keys and password is None:
        raise TargetError(
            GapCode.AUTHENTICATION_FAILED,
            f"There is no key and no password that could be taken to the cluster to log in as {account}.",
            "Name a key_file without a passphrase, or a password_file, in the engagement: an SSH agent's keys cannot travel.",
        )
    name = account.host if account.port == 22 else f"[{account.host}]:{account.port}"
    lines = [f"{name} {type} {_b64(key)}" for type, known in account.known.trusted.items() for key in sorted(known)]
    lines += [f"@revoked {name} ssh {_b64(key)}" for key in sorted(account.known.revoked)]
    proof = Proof(
        known_hosts="".join(f"{line}\n" for line in lines).encode(),
        keys=tuple(keys),
        certificates=(*certificates, *beside),
        password=password,
        jump=_pack_ssh(account.jump, jumps=jumps + 1) if account.jump else None,
    )
    plain = replace(
        target, host=account.host, port=account.port, user=account.user, agent=False, jump=None,
        known_hosts=None, key_file=None, certificate_file=None, password_file=None, config_file=None,
    )  # fmt: skip
    return Luggage(target=plain, proof=proof)


def _unpack_ssh(luggage: Luggage, target: SshTarget, resources: ExitStack) -> SshTarget:
    proof = luggage.proof
    config = [f"IdentityFile {_file(key, resources)}" for key in proof.keys]
    config += [f"CertificateFile {_file(certificate, resources)}" for certificate in proof.certificates]
    jump = proof.jump
    return replace(
        target,
        known_hosts=_file(proof.known_hosts, resources),
        config_file=_file("".join(f"{line}\n" for line in ("Host *", *config)).encode(), resources),
        password_file=None if proof.password is None else _file(proof.password, resources),
        jump=_unpack_ssh(jump, jump.target, resources) if jump and isinstance(jump.target, SshTarget) else None,
    )


def _pack_s3(target: S3Target, conduct: Conduct) -> Luggage:
    """With the credentials of the moment: short-lived ones are packed anew now and then by whoever sends them."""
    from auditor.scanners._s3_client import Bucket, is_amazon, signing_keys

    bucket = Bucket(target, conduct)
    try:
        found = signing_keys(bucket)
        endpoint, region = str(bucket.client.meta.endpoint_url), str(bucket.client.meta.region_name)
        amazon = is_amazon(bucket)
    finally:
        bucket.close()
    lines = ["[default]", f"aws_access_key_id = {found[0]}", f"aws_secret_access_key = {found[1]}"]
    if found[2]:
        lines.append(f"aws_session_token = {found[2]}")
    authority = None if target.ca_file is None else _read(target.ca_file)
    plain = replace(
        target, profile=None, credentials_file=None, ca_file=None, role_arn=None, external_id=None, region=target.region or region,
        endpoint_url=target.endpoint_url or (None if amazon else endpoint),
    )  # fmt: skip
    proof = Proof(credentials="".join(f"{line}\n" for line in lines).encode(), authority=authority)
    return Luggage(target=plain, proof=proof)


def _pack_azure(target: AzureTarget) -> Luggage:
    from auditor.scanners._azure_client import given_credentials

    credentials, _ = given_credentials(target)
    authority = None if target.ca_file is None else _read(target.ca_file)
    plain = replace(target, credentials_file=None, ca_file=None)
    return Luggage(target=plain, proof=Proof(credentials=credentials.encode(), authority=authority))


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _file(data: bytes, resources: ExitStack) -> Path:
    """A path that holds `data` until `resources` ends: memory without a name, else mode 0600 in a folder of its own."""
    if hasattr(os, "memfd_create") and Path("/proc/self/fd").is_dir():
        descriptor = os.memfd_create("auditor")
        resources.callback(os.close, descriptor)
        os.fchmod(descriptor, 0o600)
        os.pwrite(descriptor, data, 0)
        return Path(f"/proc/self/fd/{descriptor}")
    folder = tempfile.mkdtemp(prefix="auditor-")  # 0700
    resources.callback(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "file"
    path.touch(mode=0o600)
    path.write_bytes(data)
    return path
