"""Whether an audit may go on from where another was stopped, and from when it then counts."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import auditor
from auditor.errors import InputError, Problem
from auditor.extractors.limits import Limits
from auditor.fingerprint import key_id
from auditor.model.engagement import Engagement, Executor
from auditor.model.rule import Profile, Ruleset, Sample

if TYPE_CHECKING:
    from auditor.workers.trail import Earlier, Trail

OLDEST: Final = timedelta(days=7)
"""How long after its beginning an audit may be gone on with: what it has read is not looked at again."""

_SAME: Final = {
    "engagement": "the engagement file was changed",
    "rules": "the rules were changed",
    "key": "another key is given",
    "profile": "another profile is asked for",
    "only": "other targets are asked for",
    "limits": "other limits hold",
    "register": "another register of customers is given, or none",
    "passwords": "other passwords are to be tried",
    "version": "another version of the auditor began it",
}


def begin(
    path: Path | None,
    *,
    resume: bool,
    engagement: Engagement,
    ruleset: Ruleset,
    profile: Profile,
    only: frozenset[str],
    limits: Limits,
    key: bytes,
    key_kept: bool,
    passwords: tuple[str, ...],
    register: str,
    executor: Executor | None,
    time_budget: float | None,
    now: datetime,
) -> tuple[Trail | None, Earlier | None, datetime]:
    """Where to write down how far this audit comes, what an earlier one left, and the moment at which it began.

    `register`: what tells one register of customers from another.

    InputError where `resume` is asked for and there is nothing to go on with, or something of it is not the same.
    """
    why = _no_trail(profile, executor, time_budget, key_kept=key_kept)
    if why or path is None:
        if resume:
            raise _refused("--resume", why or "no output folder is kept", "leave out --resume")
        return None, None, now
    from auditor.workers.trail import Trail

    about = {
        "engagement": engagement.digest, "rules": ruleset.digest, "key": key_id(key), "profile": profile.id,
        "only": sorted(only), "limits": repr(limits), "version": auditor.__version__, "register": register,
        "passwords": hmac.digest(key, "\0".join(passwords).encode(), "sha256").hex(),
    }  # fmt: skip
    earlier = _earlier(path, about, now) if resume else None
    started = now if earlier is None else datetime.fromisoformat(earlier.about["started"])
    return Trail(path, {**about, "started": started.isoformat()}), earlier, started


def _no_trail(profile: Profile, executor: Executor | None, time_budget: float | None, *, key_kept: bool) -> str:
    """Why this audit cannot be gone on with; empty if it can."""
    if not key_kept:
        return "without a key_file nothing that was found can be told again"
    if executor is not None:
        return "an audit on a cluster does not write down how far it has come"
    if time_budget is not None or (profile.sample or Sample()) != Sample():
        return f"the profile {profile.id} samples or has a time budget: each of its audits is one by itself"
    return ""


def _earlier(path: Path, about: dict[str, Any], now: datetime) -> Earlier:
    from auditor.workers.trail import Earlier

    try:
        found = Earlier(path)
        began = datetime.fromisoformat(found.about["started"])
    except FileNotFoundError:
        raise _refused(str(path), "no audit of this folder was stopped before its end", "leave out --resume") from None
    except (OSError, ValueError, TypeError, KeyError):
        raise _refused(str(path), "what the stopped audit left is damaged", "leave out --resume") from None
    if changed := [why for name, why in _SAME.items() if found.about.get(name) != about[name]]:
        raise _refused(str(path), f"since the audit was stopped, {', and '.join(changed)}", "leave out --resume")
    if now - began > OLDEST:
        cause = f"the stopped audit began {began:%Y-%m-%d}, more than {OLDEST.days} days ago"
        raise _refused(str(path), cause, "leave out --resume: what it has read may have changed")
    return found


def _refused(where: str, cause: str, cure: str) -> InputError:
    return InputError(Problem(file=where, cause=cause, cure=cure))
