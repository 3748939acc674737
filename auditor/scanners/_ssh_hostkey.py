"""Is this the server that was meant? Decided on the host key, before anything is sent to it."""

from __future__ import annotations

from typing import Final

import paramiko

from auditor.errors import TargetError
from auditor.model.asset import GapCode
from auditor.model.noun import noun
from auditor.model.text import printable
from auditor.scanners._known_hosts import KnownKeys
from auditor.scanners._ssh_account import Account

# Plain keys only: a host certificate would need its authority checked, and servers with one have a plain key as well.
_FAMILIES: Final = (
    ("ssh-ed25519",),
    ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"),
    ("rsa-sha2-512", "rsa-sha2-256"),
)


@noun
class Refusal:
    """Why a host key is not accepted."""

    account: Account
    offered: str
    why: str
    cure: str

    def error(self) -> TargetError:
        """The refusal as an error that names the offered fingerprint."""
        return TargetError(
            GapCode.HOST_KEY_REFUSED,
            f"{self.account} offers the host key {self.offered}. {self.why} Nothing was sent to it.",
            self.cure,
        )


def first_types(known: KnownKeys) -> tuple[str, ...]:
    """All accepted types of host key, those of the keys we know before the others."""
    trusted = {"rsa-sha2-512" if type == "ssh-rsa" else type for type in known.trusted}
    families = sorted(_FAMILIES, key=lambda family: not trusted.intersection(family))
    return tuple(type for family in families for type in family)


def types_of_families(account: Account) -> tuple[tuple[str, ...], ...]:
    """What to ask for when the first key shown is not the pinned one: a fingerprint does not say its key's type."""
    return _FAMILIES if account.target.host_key is not None else ()


def refusal(account: Account, key: paramiko.PKey) -> Refusal | None:
    """None if the key is the pinned one or, with none pinned, one that known_hosts holds; revoked ones never are."""
    offered = f"{key.fingerprint} ({printable(key.get_name())})"
    pinned = account.target.host_key
    known = account.known
    blob = key.asbytes()
    if blob in known.revoked:
        return Refusal(
            account=account,
            offered=offered,
            why="known_hosts says that this key is revoked.",
            cure="Do not connect. Ask the vendor for the server's new key and how the old one was lost.",
        )
    pin_cure = (
        "Ask the vendor for the fingerprint on another way than this network (on the server: ssh-keygen -lf "
        f"/etc/ssh/ssh_host_ed25519_key.pub). Only if it is the same, write host_key: {key.fingerprint} in the engagement."
    )
    if pinned is not None:
        if key.fingerprint == pinned.strip().rstrip("="):
            return None
        return Refusal(account=account, offered=offered, why=f"The engagement pins {printable(pinned)}.", cure=pin_cure)
    if blob in known.trusted.get(key.get_name(), ()):
        return None
    if known.trusted:
        why = "known_hosts holds another key for it: the server was set up anew, or this is another machine."
    elif known.authorities:
        why = "known_hosts names a certificate authority for it, but no key; host certificates are not checked."
    else:
        why = "The host is not known: there is neither host_key in the engagement nor a line in known_hosts."
    return Refusal(account=account, offered=offered, why=why, cure=pin_cure)
