"""A bucket's client: whose credentials it uses, where it connects, and how long it waits."""

from __future__ import annotations

import configparser
import ipaddress
import logging
import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

import boto3
import botocore.session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.credentials import RefreshableCredentials, create_assume_role_refresher
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, ProfileNotFound
from botocore.utils import parse_timestamp

from auditor.errors import TargetError
from auditor.journal import Conduct
from auditor.model.asset import GapCode
from auditor.model.engagement import S3Target
from auditor.model.text import printable

# At DEBUG they log session tokens, at WARNING object keys.
for _name in ("boto3", "botocore", "s3transfer", "urllib3"):
    logging.getLogger(_name).setLevel(logging.ERROR)

DEFAULT_REGION: Final = "us-east-1"
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?Z")
"""What S3 writes; compatible services may write others."""
_ROOT_ELEMENT: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")

_PAID: Final = frozenset(
    {"list_objects", "list_objects_v2", "list_object_versions", "list_multipart_uploads", "list_parts", "get_object", "head_object"}
)  # fmt: skip
"""Operations that may be at the requester's cost."""
# Nothing of the user's own configuration but the one file: no profile, no other credentials, no endpoint.
_NO_CONFIGURATION: Final = {
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}


class Bucket:
    """A client for one bucket, which remembers what kind of document each answer was.

    A sub-resource that a server does not know answers 200 with a listing, which boto3 parses as `{}`: `answered`
    tells that from an empty setting.
    """

    def __init__(self, target: S3Target, conduct: Conduct | None = None, *, anonymous: bool = False) -> None:
        self.name = target.bucket
        self._payer = {"RequestPayer": "requester"} if target.requester_pays and not anonymous else {}
        self.conduct = conduct or Conduct(target.name)
        self._roots: dict[str, str] = {}
        try:
            session = _session(target, self._ask, anonymous=anonymous)
            # Three quarters of a listing's time would go into guessing the form of each object's date.
            parsers = session._session.get_component("response_parser_factory")  # noqa: SLF001 - boto3 hands it on in no other way
            parsers.set_parser_defaults(timestamp_parser=parsed_time)
            self.client = session.client(
                "s3",
                region_name=session.region_name or DEFAULT_REGION,
                endpoint_url=target.endpoint_url,
                verify=str(target.ca_file) if target.ca_file else None,
                config=_config(target, anonymous=anonymous),
            )
        except ProfileNotFound:
            raise _no_credentials(f"There is no AWS profile {printable(target.profile or '')}.") from None
        except BotoCoreError as error:
            raise TargetError(
                GapCode.AUTHENTICATION_FAILED,
                f"The AWS configuration of this machine cannot be used ({type(error).__name__}).",
                _CREDENTIALS_CURE,
            ) from None
        except ValueError:
            raise TargetError(
                GapCode.UNREACHABLE,
                f"{printable(target.endpoint_url or '')} is no endpoint.",
                "Write endpoint_url as https://host or https://host:port.",
            ) from None
        self.client.meta.events.register("before-parse.s3.*", self._remember)
        self.client.meta.events.register("before-send.*", self._ask)

    def call(self, operation: str, **parameters: Any) -> dict[str, Any]:
        """One request about the bucket, the method named as in boto3. botocore's errors."""
        try:
            paid = self._payer if operation in _PAID else {}
            answer: dict[str, Any] = getattr(self.client, operation)(Bucket=self.name, **paid, **parameters)
        except RecursionError:  # botocore asks a redirecting service for the region, and asks that answer again
            raise HTTPClientError(error="redirected in a circle") from None
        return answer

    def answered(self, operation: str, root: str) -> bool:
        """Whether the last answer to an API operation (`GetBucketAcl`) was a document with this root element.

        moto's mock writes `GetBucketVersioningResponse` for what S3 calls `VersioningConfiguration`.
        """
        return self._roots.get(operation) in (root, f"{operation}Response")

    def close(self) -> None:
        """Let go of the connections."""
        self.client.close()

    def _ask(self, event_name: str, **_: Any) -> None:
        """Before each request, repeated ones too."""
        self.conduct.ask(" ".join(event_name.split(".")[1:]))

    def _remember(self, operation_model: Any, response_dict: dict[str, Any], **_: Any) -> None:
        body = response_dict.get("body")
        found = _ROOT_ELEMENT.search(body) if isinstance(body, bytes) else None
        if isinstance(body, bytes):  # an object's body is a stream, and counted where it is read
            self.conduct.took(len(body))
        self._roots[operation_model.name] = found[1].decode("ascii", "replace") if found else ""


def parsed_time(value: Any) -> datetime:
    """A time in an answer, as `botocore.utils.parse_timestamp`; ValueError or RuntimeError where it is none."""
    if isinstance(value, str) and _TIME.fullmatch(value):
        with suppress(ValueError):  # a thirteenth month: told in botocore's own way
            return datetime.fromisoformat(value)
    return cast(datetime, parse_timestamp(value))


def endpoint_is_encrypted(bucket: Bucket) -> bool:
    """Whether requests go over TLS."""
    return urlsplit(str(bucket.client.meta.endpoint_url)).scheme == "https"


def is_amazon(bucket: Bucket) -> bool:
    """Whether the service is AWS itself, whose names and defaults count."""
    host = urlsplit(str(bucket.client.meta.endpoint_url)).hostname or ""
    return host.endswith((".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu"))


def signing_keys(bucket: Bucket) -> tuple[str, str, str | None]:
    """The credentials in use at this moment: key id, secret and, for short-lived ones, the session token."""
    try:
        signer = bucket.client._request_signer  # noqa: SLF001 - the only place where they are, wherever they came from
        found = signer._credentials.get_frozen_credentials()  # noqa: SLF001
        return str(found.access_key), str(found.secret_key), found.token
    except (AttributeError, BotoCoreError):
        raise _no_credentials("There are no AWS credentials that could be taken to the cluster.") from None


def _session(target: S3Target, ask: Callable[..., None], *, anonymous: bool) -> boto3.Session:
    own = _own_session(target, anonymous=anonymous)
    if target.role_arn is None or anonymous:
        return own
    core = botocore.session.Session(session_vars=_NO_CONFIGURATION)
    core._credentials = _role(target, own, ask)  # noqa: SLF001 - the way its own documentation has for credentials that are renewed
    return boto3.Session(botocore_session=core, region_name=own.region_name)


def _role(target: S3Target, own: boto3.Session, ask: Callable[..., None]) -> RefreshableCredentials:
    """The role's credentials, taken now and renewed as long as the audit runs. A compatible service's STS is at its endpoint."""
    asked: dict[str, Any] = {"RoleArn": target.role_arn, "RoleSessionName": "vendor-audit"}
    if target.external_id is not None:
        asked["ExternalId"] = target.external_id
    sts = own.client(
        "sts", region_name=own.region_name or DEFAULT_REGION, endpoint_url=target.endpoint_url,
        verify=str(target.ca_file) if target.ca_file else None, config=_config(target, anonymous=False),
    )  # fmt: skip
    sts.meta.events.register("before-send.*", ask)
    renew = create_assume_role_refresher(sts, asked)
    try:
        return RefreshableCredentials.create_from_metadata(renew(), refresh_using=renew, method="sts-assume-role")
    except (BotoCoreError, ClientError, KeyError, ValueError) as error:
        told = error.response if isinstance(error, ClientError) else {}
        code = told.get("Error", {}).get("Code") or told.get("ResponseMetadata", {}).get("HTTPStatusCode")
        code = code or type(error).__name__
        raise TargetError(
            GapCode.AUTHENTICATION_FAILED,
            f"The role {printable(target.role_arn or '')} could not be taken ({printable(str(code))[:64]}).",
            "Have the vendor's role trust this account (sts:AssumeRole), with the same external_id as in the engagement.",
        ) from None


def _own_session(target: S3Target, *, anonymous: bool) -> boto3.Session:
    if target.credentials_file is None and not anonymous:
        return boto3.Session(profile_name=target.profile, region_name=target.region)
    core = botocore.session.Session(session_vars=_NO_CONFIGURATION)
    if not anonymous:
        assert target.credentials_file is not None
        core.set_credentials(*_credentials(target.credentials_file, target.profile or "default"))
    return boto3.Session(botocore_session=core, region_name=target.region)


def _credentials(file: Path, profile: str) -> tuple[str, str, str | None]:
    """The keys in one section of an AWS credentials file. Nothing of its content is ever repeated in an error."""
    name = printable(str(file))
    parser = configparser.RawConfigParser(default_section="", strict=False)
    try:
        parser.read_string(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise _no_credentials(f"{name} cannot be read ({os.strerror(error.errno or 0)}).") from None
    except (configparser.Error, UnicodeDecodeError):
        raise _no_credentials(f"{name} is no AWS credentials file.") from None
    if not parser.has_section(profile):
        raise _no_credentials(f"{name} has no section [{printable(profile)}].") from None
    section = parser[profile]
    key, secret = section.get("aws_access_key_id", ""), section.get("aws_secret_access_key", "")
    if not key or not secret:
        raise _no_credentials(
            f"The section [{printable(profile)}] of {name} does not hold aws_access_key_id and aws_secret_access_key."
        )
    return key, secret, section.get("aws_session_token") or None


def _config(target: S3Target, *, anonymous: bool) -> Config:
    own = target.endpoint_url is not None
    options: dict[str, Any] = {
        "connect_timeout": min(target.timeout, 10.0) if anonymous else target.timeout,
        "read_timeout": target.timeout,
        "retries": {"mode": "standard", "total_max_attempts": 1 if anonymous else 5},
        # "when_supported" sends and checks trailers that other services do not know
        "request_checksum_calculation": "when_required",
        "response_checksum_validation": "when_required",
        "s3": {"addressing_style": "path" if own else "auto"},
        "tcp_keepalive": True,
        "ignore_configured_endpoint_urls": own or target.credentials_file is not None or anonymous,
    }
    if anonymous:
        options["signature_version"] = UNSIGNED
    if own and is_loopback(str(target.endpoint_url)):
        options["proxies"] = {}  # the environment's proxy is not for this machine
    return Config(**options)


def is_loopback(endpoint: str) -> bool:
    """Whether an endpoint is this machine."""
    host = urlsplit(endpoint).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_CREDENTIALS_CURE: Final = (
    "Name a credentials_file in the engagement: [default], aws_access_key_id = …, aws_secret_access_key = …"
)


def _no_credentials(detail: str) -> TargetError:
    return TargetError(GapCode.AUTHENTICATION_FAILED, detail, _CREDENTIALS_CURE)
