"""A container's client: whose credentials it uses, where it connects, how long it waits, and that it only ever asks."""

from __future__ import annotations

import binascii
import logging
import os
import re
import stat
from base64 import b64decode
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from azure.core.credentials import AzureNamedKeyCredential, AzureSasCredential
from azure.storage.blob import BlobServiceClient, ContainerClient, ExponentialRetry

from auditor.errors import TargetError
from auditor.journal import Conduct
from auditor.model.asset import GapCode
from auditor.model.engagement import AzureTarget
from auditor.model.noun import noun
from auditor.model.text import printable
from auditor.scanners._azure_errors import is_tls

# At INFO they log addresses with names of blobs.
for _name in ("azure", "urllib3"):
    logging.getLogger(_name).setLevel(logging.ERROR)

SAS_VARIABLE: Final = "AZURE_STORAGE_SAS_TOKEN"
KEY_VARIABLE: Final = "AZURE_STORAGE_KEY"
PIECE: Final = 4 << 20
"""Bytes asked for at a time."""

_CLOUDS: Final = (".core.windows.net", ".core.chinacloudapi.cn", ".core.usgovcloudapi.net", ".storage.azure.net")
_LONGEST_WAIT: Final = 60.0
_READS: Final = frozenset("relf")
"""What a token may say (`sp=`) without letting its holder change anything: read, list, execute (reads attributes), filter by tags."""
_WRITES: Final = {
    "a": "append", "c": "create", "d": "delete", "i": "set immutability", "m": "move", "o": "change owners",
    "p": "change permissions", "t": "set tags", "u": "update", "w": "write", "x": "delete versions", "y": "delete for good",
}  # fmt: skip


@noun
class Access:
    """What the audit shows to the service. `writes`: what it would let its holder change, None where it does not say."""

    credential: AzureSasCredential | AzureNamedKeyCredential
    who: str
    writes: tuple[str, ...] | None


class Container:
    """A client for one container. Nothing but GET and HEAD ever leaves it."""

    def __init__(self, target: AzureTarget, conduct: Conduct | None = None, *, anonymous: bool = False) -> None:
        self.name = target.container
        self.conduct = conduct or Conduct(target.name)
        self.endpoint = endpoint_of(target)
        self.access = None if anonymous else access_of(target)
        options: dict[str, Any] = {
            "credential": self.access.credential if self.access else None,
            "retry_policy": _Polite(initial_backoff=1, increment_base=2, random_jitter_range=1, retry_total=0 if anonymous else 4),
            "connection_timeout": min(target.timeout, 10.0) if anonymous else target.timeout,
            "read_timeout": target.timeout,
            "max_single_get_size": PIECE,
            "permit_redirects": False,  # nothing is reached but what the engagement names
            "raw_request_hook": self._ask,
            "raw_response_hook": self._took,
            "use_env_settings": not is_loopback(self.endpoint),  # the environment's proxy is not for this machine
        }  # fmt: skip
        if target.ca_file:
            options["connection_verify"] = str(target.ca_file)
        try:
            self._service = BlobServiceClient(self.endpoint, **options)
            self.client: ContainerClient = self._service.get_container_client(target.container)
        except ValueError:
            raise TargetError(
                GapCode.UNREACHABLE, f"{printable(self.endpoint)} is no endpoint.",
                "Write endpoint_url as https://host or https://host:port.",
            ) from None  # fmt: skip

    @property
    def place(self) -> str:
        """`az://container`, as paths begin."""
        return printable(f"az://{self.name}")

    def settings(self) -> dict[str, Any]:
        """The account's settings for blobs. The library's errors."""
        found: dict[str, Any] = self._service.get_service_properties()
        return found

    def close(self) -> None:
        """Let go of the connections."""
        self._service.close()

    def _ask(self, request: Any) -> None:
        """Before each request, repeated ones too."""
        sent = request.http_request
        if sent.method not in ("GET", "HEAD"):  # never reached; it is what keeps a change of the library from writing
            raise RuntimeError(f"{sent.method} is not for reading")
        asked = parse_qs(urlsplit(sent.url).query)
        what = next((asked[name][0] for name in ("comp", "restype") if name in asked), "blob")
        self.conduct.ask(f"azure {sent.method} {what}")

    def _took(self, response: Any) -> None:
        """A blob's bytes are counted where they are read."""
        asked = parse_qs(urlsplit(response.http_request.url).query)
        if "comp" in asked and response.http_request.method == "GET":
            self.conduct.took(len(response.http_response.body()))


class _Polite(ExponentialRetry):
    """Waits as long as the service asks for, which the library itself does not look at."""

    def increment(self, settings: dict[str, Any], request: Any, response: Any = None, error: Any = None) -> bool:
        """Whether to try again: a certificate that was not accepted once will not be."""
        return not (error and is_tls(error)) and bool(super().increment(settings, request, response, error))

    def sleep(self, settings: dict[str, Any], transport: Any) -> None:
        """Before a request is repeated."""
        answer = settings["history"][-1].http_response
        told = str(answer.headers.get("Retry-After", "")) if answer is not None else ""
        wait = max(float(told) if told.isdecimal() else 0.0, self.get_backoff_time(settings))
        transport.sleep(min(wait, _LONGEST_WAIT))


def endpoint_of(target: AzureTarget) -> str:
    """The account's address. A service of one's own that does not carry the account in its host has it in the path."""
    if target.endpoint_url is None:
        return f"https://{target.account}.blob.core.windows.net"
    host = urlsplit(target.endpoint_url).hostname or ""
    return target.endpoint_url if host.startswith(f"{target.account}.") else f"{target.endpoint_url}/{target.account}"


def is_azure(container: Container) -> bool:
    """Whether the service is Microsoft's own, whose defaults count."""
    return (urlsplit(container.endpoint).hostname or "").endswith(_CLOUDS)


def given_credentials(target: AzureTarget) -> tuple[str, str]:
    """A SAS token or the account's key as it was given, and where. TargetError without a word of it."""
    if target.credentials_file is not None:
        name = f"credentials_file {printable(str(target.credentials_file))}"
        try:
            text = target.credentials_file.read_text("utf-8")
            mode = target.credentials_file.stat().st_mode
        except (OSError, UnicodeDecodeError) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or "it is no text"
            raise _no_credentials(f"{name} cannot be read ({printable(why)}).") from None
        if mode & (stat.S_IRGRP | stat.S_IROTH) and stat.S_ISREG(mode) and os.name == "posix":
            path = printable(str(target.credentials_file))
            raise TargetError(GapCode.AUTHENTICATION_FAILED, f"Other users of this machine may read {name}.", f"Run: chmod 600 {path}")  # fmt: skip
        return text, name
    for variable in (SAS_VARIABLE, KEY_VARIABLE):
        if given := os.environ.get(variable):
            return given, f"The variable {variable}"
    raise _no_credentials(f"There is no credentials_file, and neither {SAS_VARIABLE} nor {KEY_VARIABLE} is set.")


def access_of(target: AzureTarget) -> Access:
    """What is shown to the service, and what that allows. TargetError where it is neither a SAS token nor a key."""
    text, name = given_credentials(target)
    given = text.strip().lstrip("?")
    if re.search(r"(?:^|&)sig=", given) and not re.search(r"\s", given):
        if "://" in given:
            raise _no_credentials(f"{name} holds an address; the token alone is what stands behind its question mark.")
        told = {key: values[0] for key, values in parse_qs(given).items()}
        may, ends = told.get("sp", ""), printable(told.get("se", ""))[:40]
        writes = tuple(_WRITES.get(letter, printable(letter)) for letter in may if letter not in _READS)
        who = f"a SAS token{f', valid until {ends}' if ends else ', whose stored access policy is not seen from here'}"
        return Access(credential=AzureSasCredential(given), who=who, writes=writes if may else None)
    try:
        b64decode(given, validate=True)
    except (binascii.Error, ValueError):
        given = ""
    if not given:
        raise _no_credentials(f"{name} holds neither a SAS token (sv=…&sig=…) nor an account key.")
    return Access(
        credential=AzureNamedKeyCredential(target.account, given), who="the account's key", writes=("everything in the account",)
    )  # fmt: skip


def is_loopback(endpoint: str) -> bool:
    """Whether an endpoint is this machine."""
    host = urlsplit(endpoint).hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")


_CREDENTIALS_CURE: Final = (
    "Have the vendor make a SAS token that may read and list (docs/vendor-access.md), write it into a file of mode 600 and name "
    "it in the engagement: credentials_file"
)


def _no_credentials(detail: str) -> TargetError:
    return TargetError(GapCode.AUTHENTICATION_FAILED, detail, f"{_CREDENTIALS_CURE}.")
