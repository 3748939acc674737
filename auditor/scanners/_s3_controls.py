"""How a bucket is guarded. What cannot be found out is unknown (None), never absent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from auditor.errors import TargetError
from auditor.model.asset import Control
from auditor.model.engagement import S3Target
from auditor.model.text import printable
from auditor.scanners._prefixes import in_scope
from auditor.scanners._s3_client import Bucket, endpoint_is_encrypted
from auditor.scanners._s3_errors import S3Error, code_of, is_denied, why_unknown
from auditor.scanners._s3_listing import Locator
from auditor.scanners._s3_settings import (
    NO_ANSWER,
    Fact,
    allows_writing,
    denies_writing,
    names_everyone,
    settings,
    statements_of,
)

_EVERYONE: Final = {
    "http://acs.amazonaws.com/groups/global/AllUsers": "everyone",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers": "everyone with any account",
}


class Controls:
    """Asks a bucket about itself; `sample` is one current object of it, to be tried without credentials."""

    def __init__(self, target: S3Target, bucket: Bucket, sample: Locator | None) -> None:
        self._target = target
        self._bucket = bucket
        self._sample = sample

    def run(self) -> Iterator[Control]:
        """Each control once, always in the same order."""
        policy, acl = self.policy_public(), self.acl_public()
        tls = endpoint_is_encrypted(self._bucket)
        yield self._control("bucket.endpoint_tls", (tls, f"The endpoint is {'https' if tls else 'http'}."))
        yield self._control("bucket.policy_public", policy)
        yield self._control("bucket.acl_public", acl)
        yield self._control("bucket.public_access", self._public_access(policy, acl))
        yield self._control("bucket.encryption", self._encryption())
        yield self._control("bucket.versioning", self._versioning())
        for name, fact in settings(self._bucket):
            yield self._control(name, fact)

    def policy_public(self) -> Fact:
        """Whether the bucket's policy lets everybody in, as the service says, else as the policy reads."""
        try:
            answer = self._bucket.call("get_bucket_policy_status")
        except S3Error as error:
            if code_of(error) == "NoSuchBucketPolicy":
                return False, "The bucket has no policy."
            return self._policy_as_written(error)
        public = answer.get("PolicyStatus", {}).get("IsPublic")
        if not self._bucket.answered("GetBucketPolicyStatus", "PolicyStatus") or public is None:
            return self._policy_as_written(None)
        return bool(public), f"The service says that the bucket's policy is {'public' if public else 'not public'}."

    def writable(self) -> Fact:
        """Whether this account could write, as far as the bucket itself says: what the account's own policies allow is not seen here."""
        statements = statements_of(self._bucket)
        if isinstance(statements, list):
            if any(denies_writing(statement, self._bucket.name) for statement in statements):
                return False, "The bucket's policy refuses everybody all but reading."
            if any(allows_writing(statement) for statement in statements):
                return True, "The bucket's policy lets everyone do more than read."
        try:
            grants = self._bucket.call("get_bucket_acl").get("Grants", ())
        except S3Error:
            grants = ()
        open_ones = [grant for grant in grants if grant.get("Grantee", {}).get("URI") in _EVERYONE]
        if any(grant.get("Permission") in ("WRITE", "WRITE_ACP", "FULL_CONTROL") for grant in open_ones):
            return True, "The bucket's access control list lets everyone write."
        return None, "What the account's own policies allow cannot be asked for, and nothing is ever tried."

    def acl_public(self) -> Fact:
        """Whether the bucket's access control list grants anything to everybody."""
        try:
            answer = self._bucket.call("get_bucket_acl")
        except S3Error as error:
            return None, why_unknown(error, "s3:GetBucketAcl")
        if not self._bucket.answered("GetBucketAcl", "AccessControlPolicy"):
            return None, NO_ANSWER
        grants = [
            f"{_EVERYONE[grant['Grantee']['URI']]}: {printable(str(grant.get('Permission')))}"
            for grant in answer.get("Grants", ())
            if grant.get("Grantee", {}).get("URI") in _EVERYONE
        ]
        return bool(grants), f"The access control list grants {'; '.join(grants) or 'nothing to everyone'}."

    def _policy_as_written(self, failure: Exception | None) -> Fact:
        statements = statements_of(self._bucket)
        if not isinstance(statements, list):
            return statements if failure is None else (None, why_unknown(failure, "s3:GetBucketPolicyStatus"))
        open_ones = [one for one in statements if one.get("Effect") == "Allow" and names_everyone(one)]
        if any(not one.get("Condition") for one in open_ones):
            return True, "The bucket's policy allows everyone (Principal *)."
        if open_ones:
            return None, "The bucket's policy allows everyone under conditions, which are not evaluated."
        return False, "The bucket's policy names no Principal *." if statements else "The bucket has no policy."

    def _public_access(self, policy: Fact, acl: Fact) -> Fact:
        seen = self._anonymous()
        opened = [what for what, answer in seen.items() if answer]
        if opened:
            return True, f"Without credentials: {' and '.join(opened)} succeeded."
        refused = bool(seen) and all(answer is False for answer in seen.values())
        if policy[0] or acl[0]:
            granted = policy[1] if policy[0] else acl[1]
            if refused and self._blocked():
                return None, f"{granted} A public access block is set and requests without credentials were refused."
            return True, granted
        if not refused:
            return None, "Requests without credentials gave no clear answer."
        if policy[0] is None or acl[0] is None:
            return None, f"Requests without credentials were refused, but: {policy[1] if policy[0] is None else acl[1]}"
        return False, (
            "Requests without credentials were refused, and neither the policy nor the bucket's access control list is "
            "public. Single objects' own lists were not examined."
        )

    def _anonymous(self) -> dict[str, bool | None]:
        """What requests without credentials got: True, False refused, None neither."""
        try:
            stranger = Bucket(self._target, self._bucket.conduct, anonymous=True)
        except TargetError:
            return {}
        try:
            seen = {
                "listing the bucket": _succeeds(
                    stranger, "list_objects", MaxKeys=1, Prefix=in_scope(self._target.prefixes)[0]
                )
            }
            if self._sample is not None:
                seen["reading an object's headers"] = _succeeds(stranger, "head_object", Key=self._sample.key)
            return seen
        finally:
            stranger.close()

    def _blocked(self) -> bool:
        try:
            block = self._bucket.call("get_public_access_block").get("PublicAccessBlockConfiguration", {})
        except S3Error:
            return False
        return bool(block.get("IgnorePublicAcls") and block.get("RestrictPublicBuckets"))

    def _encryption(self) -> Fact:
        """The bucket's default. One object's header proves nothing for the others: it only stands in the detail."""
        absent = False
        try:
            answer = self._bucket.call("get_bucket_encryption")
        except S3Error as error:
            absent = code_of(error) == "ServerSideEncryptionConfigurationNotFoundError"
            why = (
                "The bucket has no default encryption."
                if absent
                else why_unknown(error, "s3:GetEncryptionConfiguration")
            )
        else:
            for rule in answer.get("ServerSideEncryptionConfiguration", {}).get("Rules", ()):
                algorithm = rule.get("ApplyServerSideEncryptionByDefault", {}).get("SSEAlgorithm")
                if algorithm:
                    return printable(str(algorithm)), f"The bucket's default encryption is {printable(str(algorithm))}."
            why = NO_ANSWER
        sample = self._sample_encryption()
        if sample is None:
            return (False if absent else None), why
        if sample:
            return None, f"{why} One object that was looked at is encrypted by the service ({sample})."
        return (False if absent else None), f"{why} One object that was looked at is not encrypted by the service."

    def _sample_encryption(self) -> str | None:
        """The algorithm that one object's header names, "" where it names none; None where none could be asked."""
        if self._sample is None:
            return None
        try:
            return printable(
                str(self._bucket.call("head_object", Key=self._sample.key).get("ServerSideEncryption", ""))
            )
        except S3Error:
            return None

    def _versioning(self) -> Fact:
        try:
            answer = self._bucket.call("get_bucket_versioning")
        except S3Error as error:
            return None, why_unknown(error, "s3:GetBucketVersioning")
        if not self._bucket.answered("GetBucketVersioning", "VersioningConfiguration"):
            return None, NO_ANSWER
        status = answer.get("Status")
        if status:
            return printable(str(status)), "The bucket's versioning setting."
        return False, "The bucket never kept versions."

    def _control(self, name: str, fact: Fact) -> Control:
        path = printable(f"s3://{self._bucket.name}")
        return Control(target=self._target.name, name=name, value=fact[0], detail=fact[1], path=path)


def _succeeds(bucket: Bucket, operation: str, **parameters: Any) -> bool | None:
    try:
        bucket.call(operation, **parameters)
    except S3Error as error:
        return False if is_denied(error) else None
    return True
