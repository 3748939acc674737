"""How a container is guarded, as far as its own protocol says. What only the account's management sees is unknown (None)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from auditor.errors import TargetError
from auditor.model.asset import Asset, Control
from auditor.model.engagement import AzureTarget
from auditor.model.text import printable
from auditor.scanners._azure_client import Container, is_azure
from auditor.scanners._azure_errors import AzureFailure, is_denied, why_unknown
from auditor.scanners._prefixes import in_scope

Fact = tuple[bool | str | int | None, str]
"""A value and the sentence that says where it is from, or why it is unknown."""

_MANAGEMENT: Final = "Only the account's management (Azure Resource Manager) tells it, which the audit does not reach."
_OPEN: Final = {"container": "listing and reading", "blob": "reading what one knows the name of"}


class Controls:
    """Asks a container about itself; `sample` is one current blob of it, to be tried without credentials."""

    def __init__(self, target: AzureTarget, container: Container, sample: Asset | None) -> None:
        self._target = target
        self._container = container
        self._sample = sample

    def run(self) -> Iterator[Control]:
        """Each control once, always in the same order, named as a bucket's."""
        tls = self._container.endpoint.startswith("https://")
        container, account = self._properties(), self._settings()
        level = self._level(container)
        yield self._control("bucket.endpoint_tls", (tls, f"The endpoint is {'https' if tls else 'http'}."))
        yield self._control("bucket.acl_public", level)
        yield self._control("bucket.public_access", self._public_access(level))
        yield self._control("bucket.encryption", self._encryption())
        yield self._control("bucket.versioning", self._versioning())
        yield self._control("bucket.soft_delete_days", _soft_delete(account))
        yield self._control("bucket.region", (None, _MANAGEMENT))
        yield self._control("bucket.tls_only", (None, f"Whether secure transfer is required: {_MANAGEMENT}"))
        yield self._control("bucket.access_logging", _logging(account))
        yield self._control("bucket.object_lock_days", _immutability(container))
        yield self._control("bucket.lifecycle_expires_days", (None, _MANAGEMENT))
        yield self._control("bucket.lifecycle_noncurrent_days", (None, _MANAGEMENT))

    def _properties(self) -> Any:
        """The container's properties, or the sentence that says why they are unknown."""
        try:
            return self._container.client.get_container_properties()
        except AzureFailure as error:
            return f"{why_unknown(error)} It takes an account SAS with read on containers (srt=sco)."

    def _settings(self) -> dict[str, Any] | str:
        """The account's settings for blobs, or the sentence that says why they are unknown."""
        try:
            return self._container.settings()
        except AzureFailure as error:
            return f"{why_unknown(error)} It takes an account SAS with read on the service (srt=sco)."

    def _level(self, container: Any) -> Fact:
        """Whether the container's public access level lets everybody in."""
        if isinstance(container, str):
            return None, container
        level = printable(str(container.public_access or ""))
        if level:
            return True, f"The container's public access level is {level}: {_OPEN.get(level, 'reading')}."
        return False, "The container's public access level is private."

    def _public_access(self, level: Fact) -> Fact:
        seen = self._anonymous()
        opened = [what for what, answer in seen.items() if answer]
        if opened:
            return True, f"Without credentials: {' and '.join(opened)} succeeded."
        refused = bool(seen) and all(answer is False for answer in seen.values())
        if level[0]:
            # The account may forbid what the container allows; a network rule may keep out this machine alone.
            return (None, f"{level[1]} Requests without credentials were refused.") if refused else level
        if not refused:
            return (None, "Requests without credentials gave no clear answer.") if level[0] is None else level
        if level[0] is None and self._sample is None:
            return None, f"Listing without credentials was refused, and there was no blob to try. {level[1]}"
        return False, "Requests without credentials were refused."

    def _anonymous(self) -> dict[str, bool | None]:
        """What requests without credentials got: True, False refused, None neither."""
        try:
            stranger = Container(self._target, self._container.conduct, anonymous=True)
        except TargetError:
            return {}
        try:
            prefix = in_scope(self._target.prefixes)[0] or None
            pages = stranger.client.list_blobs(name_starts_with=prefix, results_per_page=1).by_page()
            seen = {"listing the container": _succeeds(lambda: next(pages, None))}
            if self._sample is not None:
                blob = stranger.client.get_blob_client(self._sample.locator.name)
                seen["reading a blob's headers"] = _succeeds(blob.get_blob_properties)
            return seen
        finally:
            stranger.close()

    def _encryption(self) -> Fact:
        """Microsoft's own service encrypts everything and cannot be told not to; another service's blob proves nothing for the others."""
        sample = self._headers()
        scope = printable(str(getattr(sample, "encryption_scope", None) or ""))
        detail = f" One blob that was looked at has the encryption scope {scope}." if scope else ""
        if is_azure(self._container):
            return "AES256", f"Azure Storage encrypts whatever is stored, which cannot be switched off.{detail}"
        if sample is None:
            return None, "There is no blob that could be looked at."
        said = "is encrypted by the service" if sample.server_encrypted else "is not encrypted by the service"
        return None, f"One blob that was looked at {said}.{detail}"

    def _headers(self) -> Any:
        if self._sample is None:
            return None
        try:
            return self._container.client.get_blob_client(self._sample.locator.name).get_blob_properties()
        except AzureFailure:
            return None

    def _versioning(self) -> Fact:
        if self._sample is not None and self._sample.version:
            return "Enabled", "The account keeps a version of each blob that is overwritten or deleted."
        return None, f"No version was met. {_MANAGEMENT}"

    def _control(self, name: str, fact: Fact) -> Control:
        return Control(
            target=self._target.name, name=name, value=fact[0], detail=fact[1], path=self._container.place
        )  # fmt: skip


def _soft_delete(account: dict[str, Any] | str) -> Fact:
    """Days for which what is deleted or overwritten is kept; 0 where it is not."""
    if isinstance(account, str):
        return None, account
    policy = account.get("delete_retention_policy")
    if policy is None:
        return None, "The service does not say whether deleted blobs are kept."
    if not policy.enabled:
        return 0, "Deleted blobs are not kept by soft delete."
    days = int(policy.days or 0)
    return days, f"Soft delete keeps deleted and overwritten blobs for {days} day(s)."


def _logging(account: dict[str, Any] | str) -> Fact:
    """The older of Azure's two logs is the only one to be seen: without it nothing is known of the newer."""
    if isinstance(account, str):
        return None, account
    if getattr(account.get("analytics_logging"), "read", False):
        return "$logs", "Reading is logged to the container $logs of the account."
    return None, f"Storage Analytics does not log reading. Whether diagnostic settings do: {_MANAGEMENT}"


def _immutability(container: Any) -> Fact:
    """0 where nothing is locked; the days of a policy are the management's to tell."""
    if isinstance(container, str):
        return None, container
    if container.has_legal_hold:
        return None, "The container has a legal hold: nothing in it can be deleted until it is lifted."
    if container.has_immutability_policy:
        return None, f"The container has an immutability policy. For how many days: {_MANAGEMENT}"
    if container.immutable_storage_with_versioning_enabled:
        return None, f"Versions of the container's blobs can be locked. For how many days: {_MANAGEMENT}"
    return 0, "The container has neither an immutability policy nor a legal hold."


def _succeeds(ask: Any) -> bool | None:
    try:
        ask()
    except AzureFailure as error:
        # To a stranger Azure says of a private container that it is not there.
        return False if is_denied(error) or getattr(error, "status_code", 0) in (404, 409) else None
    return True
