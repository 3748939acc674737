"""What Azure's errors mean for coverage. Their messages are the service's own words and are never repeated.

Codes: Microsoft's "Blob service error codes" and "Common REST API error codes".
"""

from __future__ import annotations

import ssl
from enum import Enum
from typing import Final

from azure.core.exceptions import (
    AzureError,
    DecodeError,
    HttpResponseError,
    ServiceRequestError,
    ServiceResponseTimeoutError,
)

from auditor.errors import ReadError, TargetError
from auditor.model.asset import GapCode
from auditor.model.text import printable

AzureFailure = (AzureError, OSError, UnicodeError, ValueError)
"""What a request may raise: errors of the service, of the way there, of the answer's form."""

_CREDENTIALS: Final = frozenset({"AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation"})
_KEYS: Final = frozenset({
    "BlobUsesCustomerSpecifiedEncryption", "BlobCustomerSpecifiedEncryptionMismatch", "BlobDoesNotUseCustomerSpecifiedEncryption",
})  # fmt: skip
_VAULT: Final = ("KeyVault", "EncryptionScope", "CustomerManagedKey")
_ABSENT: Final = frozenset({"BlobNotFound", "ResourceNotFound"})
_CONTAINER: Final = frozenset({"ContainerNotFound", "ContainerBeingDeleted", "ContainerDisabled"})


def code_of(error: Exception) -> str:
    """The service's error code, `printable`; its status, or the error's class, where it named none."""
    if isinstance(error, HttpResponseError):
        code = getattr(error, "error_code", None)
        code = code.value if isinstance(code, Enum) else code
        return printable(str(code or status_of(error) or "unknown"))[:64]
    return type(error).__name__


def status_of(error: Exception) -> int:
    """The answer's HTTP status; 0 without an answer."""
    return int(getattr(error, "status_code", None) or 0)


def is_denied(error: Exception) -> bool:
    """Whether the service refused: this token may not."""
    return status_of(error) in (401, 403)


def is_unknown_request(error: Exception) -> bool:
    """Whether the service does not know what was asked, or not for this kind of account."""
    return status_of(error) in (400, 405, 409, 501)


def why_unknown(error: Exception) -> str:
    """Why a setting is not known."""
    if is_denied(error):
        return f"This token may not ask ({code_of(error)})."
    if isinstance(error, HttpResponseError):
        return f"The service gave no answer ({code_of(error)})."
    return f"The service could not be asked ({code_of(error)})."


def gap_of(error: Exception) -> tuple[GapCode, str]:
    """The gap of one blob or one listing."""
    code = code_of(error)
    match error:
        case HttpResponseError() if code in _CREDENTIALS:
            return GapCode.AUTHENTICATION_FAILED, f"The service did not accept the credentials ({code})."
        case HttpResponseError() if code in _CONTAINER:
            return GapCode.NO_SUCH_BUCKET_AVAILABLE, f"The service does not have it ({code})."
        case HttpResponseError() if code in _ABSENT or status_of(error) == 404:
            return GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE, "The blob is not there any more."
        case HttpResponseError() if status_of(error) == 412:
            return GapCode.CHANGED_DURING_READ, "The blob was overwritten while it was read."
        case HttpResponseError() if code in ("BlobArchived", "BlobBeingRehydrated"):
            return GapCode.INVALID_OBJECT_STATE, "The blob is archived and must be rehydrated before it can be read."
        case HttpResponseError() if code in _KEYS:
            return GapCode.INVALID_ENCRYPTION, f"The blob is encrypted with a key that its owner keeps ({code})."
        case HttpResponseError() if code.startswith(_VAULT):
            return GapCode.INVALID_KMS_KEY, f"The service cannot use the blob's key ({code})."
        case HttpResponseError() if is_denied(error):
            return GapCode.PERMISSION_DENIED, f"This token may not read it ({code})."
        case DecodeError() | UnicodeError() | ValueError():
            return GapCode.SERVER_MISBEHAVED, "The answer was not Azure's."
        case ServiceResponseTimeoutError():
            return GapCode.TIME_CUT_OFF_REACHED, "The service did not answer in time."
        case HttpResponseError():
            return GapCode.UNREACHABLE, f"The service could not answer ({code})."
        case _:
            return GapCode.UNREACHABLE, f"The service cannot be reached ({code})."


def read_error(error: Exception, unread: int | None = None) -> ReadError:
    """One blob that cannot be read."""
    return ReadError(*gap_of(error), unread)


def target_error(error: Exception, container: str, endpoint: str) -> TargetError:
    """A whole container that cannot be listed, with its cure."""
    place = f"az://{printable(container)} at {printable(endpoint)}"
    gap, detail = gap_of(error)
    match gap:
        case GapCode.NO_SUCH_BUCKET_AVAILABLE | GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE:
            gap, detail = GapCode.NO_SUCH_BUCKET_AVAILABLE, f"There is no such container ({code_of(error)})."
            cure = "Check account, container and endpoint_url in the engagement."
        case GapCode.AUTHENTICATION_FAILED:
            cure = "Check that the token or key is this account's and still valid, and this machine's clock."
        case GapCode.PERMISSION_DENIED:
            detail = f"This token may not list it ({code_of(error)})."
            cure = "Have the token made for this container, with the permissions read and list, and from this address (docs/vendor-access.md)."
        case _ if is_tls(error):
            gap, detail = GapCode.UNREACHABLE, "Its TLS certificate was not accepted."
            cure = "Name the authority that signed it as ca_file in the engagement; verification is never turned off."
        case _:
            gap = GapCode.UNREACHABLE
            cure = "Check account and endpoint_url, and that no firewall or proxy lies in between."
    return TargetError(gap, f"{place}: {detail}", cure)


def is_tls(error: Exception) -> bool:
    """Whether a certificate is behind it: the library wraps what wraps it."""
    if not isinstance(error, ServiceRequestError):
        return False
    inner: object = error
    for _ in range(6):
        if isinstance(inner, ssl.SSLError) or type(inner).__name__ == "SSLError":
            return True
        if not isinstance(inner, BaseException):
            return False
        inner = getattr(inner, "inner_exception", None) or inner.__cause__ or next(
            (each for each in inner.args if isinstance(each, BaseException)), None
        )  # fmt: skip
    return False
