"""What S3's errors mean for coverage. Their messages are the service's own words and are never repeated."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import ParseError

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
    ReadTimeoutError,
    SSLError,
    TokenRetrievalError,
)
from botocore.parsers import ResponseParserError

from auditor.errors import ReadError, TargetError
from auditor.model.asset import GapCode
from auditor.model.text import printable

S3Error = (BotoCoreError, ClientError, ResponseParserError, ParseError, OSError, UnicodeError)
"""What a request may raise: errors of the service, of the way there, of the answer's form, of a key's encoding.

ParseError: of a bucket's location, which botocore reads by a parser of its own.
"""

_CREDENTIALS: Final = frozenset(
    {
        "ExpiredToken",
        "ExpiredTokenException",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidSecurity",
        "InvalidToken",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
        "TokenRefreshRequired",
    }
)
_DENIED: Final = frozenset(
    {"403", "401", "AccessDenied", "AllAccessDisabled", "AccountProblem", "Forbidden", "Unauthorized"}
)
_ABSENT: Final = frozenset({"404", "NoSuchKey", "NoSuchVersion", "NotFound"})
_REGION: Final = frozenset(
    {"301", "307", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "PermanentRedirect"}
)
_UNKNOWN: Final = frozenset(
    {"501", "405", "NotImplemented", "MethodNotAllowed", "XNotImplemented", "UnsupportedOperation"}
)
_NO_LOGIN: Final = (NoCredentialsError, PartialCredentialsError, CredentialRetrievalError, TokenRetrievalError)


def code_of(error: Exception) -> str:
    """The service's error code, `printable`; the error's class where the service did not answer."""
    if isinstance(error, ClientError):
        return printable(str(error.response.get("Error", {}).get("Code", "")))[:64] or "unknown"
    return type(error).__name__


def is_denied(error: Exception) -> bool:
    """Whether the service refused: this account may not."""
    return isinstance(error, ClientError) and (code_of(error) in _DENIED or _status(error) in (401, 403))


def is_unknown_operation(error: Exception) -> bool:
    """Whether the service does not know this operation."""
    return isinstance(error, ClientError) and (code_of(error) in _UNKNOWN or _status(error) in (405, 501))


def why_unknown(error: Exception, permission: str) -> str:
    """Why a setting is not known; `permission` is what an account needs to ask for it."""
    if is_denied(error):
        return f"This account may not ask ({permission})."
    if isinstance(error, ClientError):
        return f"The service gave no answer ({code_of(error)})."
    return f"The service could not be asked ({code_of(error)})."


def gap_of(error: Exception) -> tuple[GapCode, str]:
    """The gap of one object or one listing."""
    code = code_of(error)
    match error:
        case ClientError() if code in _CREDENTIALS:
            return GapCode.AUTHENTICATION_FAILED, f"The service did not accept the credentials ({code})."
        case ClientError() if code in ("NoSuchBucket", "NoSuchUpload"):
            return GapCode.NO_SUCH_BUCKET_AVAILABLE, f"The service does not have it ({code})."
        case ClientError() if code in _ABSENT:
            return GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE, "The object is not there any more."
        case ClientError() if code in ("412", "PreconditionFailed"):
            return GapCode.CHANGED_DURING_READ, "The object was overwritten while it was read."
        case ClientError() if code == "InvalidObjectState":
            return GapCode.INVALID_OBJECT_STATE, "The object is archived and must be restored before it can be read."
        case ClientError() if _is_about_kms(error):
            return GapCode.INVALID_KMS_KEY, f"The object's KMS key cannot be used by this account ({code})."
        case ClientError() if is_denied(error):
            return GapCode.PERMISSION_DENIED, "This account may not read it."
        case ClientError() if code in ("400", "InvalidRequest", "InvalidArgument") and _status(error) == 400:
            return (
                GapCode.INVALID_ENCRYPTION,
                f"The service asks for more than the name ({code}): most likely a key that its owner keeps (SSE-C).",
            )
        case ClientError():
            return GapCode.UNREACHABLE, f"The service could not answer ({code})."
        case ReadTimeoutError():
            return GapCode.TIME_CUT_OFF_REACHED, "The service did not answer in time."
        case UnicodeError():
            return GapCode.NAME_UNDECODABLE, "The key is no valid Unicode and cannot be asked for."
        case ResponseParserError() | ParseError():
            return GapCode.SERVER_MISBEHAVED, "The answer was not S3's."
        case _ if isinstance(error, _NO_LOGIN):
            return GapCode.AUTHENTICATION_FAILED, "There are no complete credentials for the service."
        case _:
            return GapCode.UNREACHABLE, f"The service cannot be reached ({code})."


def read_error(error: Exception, unread: int | None = None) -> ReadError:
    """One object that cannot be read."""
    return ReadError(*gap_of(error), unread)


def target_error(error: Exception, bucket: str, endpoint: str) -> TargetError:
    """A whole bucket that cannot be listed, with its cure."""
    code = code_of(error)
    place = f"s3://{printable(bucket)} at {printable(endpoint)}"
    if code in ("NoSuchBucket", "InvalidBucketName") or isinstance(error, ParamValidationError):
        return TargetError(
            GapCode.NO_SUCH_BUCKET_AVAILABLE, f"There is no {place}.", "Check the bucket's name and endpoint_url."
        )
    if isinstance(error, ClientError) and code in _ABSENT:
        return TargetError(
            GapCode.NO_SUCH_BUCKET_AVAILABLE,
            f"There is no {place} ({code}).",
            "Check the bucket's name and endpoint_url.",
        )
    if isinstance(error, ClientError) and (code in _REGION or _status(error) in (301, 307)):
        return TargetError(
            GapCode.UNREACHABLE, f"{place} lies in another region ({code}).", "Write its region in the engagement."
        )
    gap, detail = gap_of(error)
    match gap:
        case GapCode.AUTHENTICATION_FAILED:
            cure = "Check credentials_file and profile in the engagement, that the key is still valid, and this clock."
        case GapCode.PERMISSION_DENIED:
            detail = f"This account may not list it ({code})."
            cure = "Give the account s3:ListBucket, s3:ListBucketVersions, s3:GetObject and s3:GetObjectVersion on it."
        case _ if isinstance(error, SSLError):
            detail = "Its TLS certificate was not accepted."
            cure = "Name the authority that signed it as ca_file in the engagement; verification is never turned off."
        case _:
            gap = GapCode.UNREACHABLE
            cure = "Check endpoint_url and that no firewall or proxy lies in between."
    return TargetError(gap, f"{place}: {detail}", cure)


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _is_about_kms(error: ClientError) -> bool:
    told = error.response.get("Error", {})
    return code_of(error).startswith("KMS.") or (is_denied(error) and "kms:" in str(told.get("Message", "")).lower())
