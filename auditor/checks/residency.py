"""Personal data stored outside the countries or cloud regions that the contract names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.checks._common import is_about, not_applicable, quoted
from auditor.model.engagement import Engagement, Residency, S3Target
from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.text import Bilingual, plural

CONTROL: Final = "bucket.region"

# The country of each region of AWS, from its public list of regions; regions of other services are known by name alone.
_COUNTRIES: Final = {
    "af-south-1": "ZA", "ap-east-1": "HK", "ap-east-2": "TW", "ap-northeast-1": "JP", "ap-northeast-2": "KR",
    "ap-northeast-3": "JP", "ap-south-1": "IN", "ap-south-2": "IN", "ap-southeast-1": "SG", "ap-southeast-2": "AU",
    "ap-southeast-3": "ID", "ap-southeast-4": "AU", "ap-southeast-5": "MY", "ap-southeast-7": "TH", "ca-central-1": "CA",
    "ca-west-1": "CA", "cn-north-1": "CN", "cn-northwest-1": "CN", "eu-central-1": "DE", "eu-central-2": "CH",
    "eu-north-1": "SE", "eu-south-1": "IT", "eu-south-2": "ES", "eu-west-1": "IE", "eu-west-2": "GB", "eu-west-3": "FR",
    "il-central-1": "IL", "me-central-1": "AE", "me-south-1": "BH", "mx-central-1": "MX", "sa-east-1": "BR",
    "us-east-1": "US", "us-east-2": "US", "us-gov-east-1": "US", "us-gov-west-1": "US", "us-west-1": "US", "us-west-2": "US",
}  # fmt: skip


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One verdict a target: FAIL where it lies elsewhere and holds personal data, NOT_CHECKED where nobody says where it is
    or not all of it was examined, PASS where it lies inside or holds nothing.

    A bucket's own region counts before what the engagement declares of the target (`country`). Where neither is known, the country
    of the sub-vendor that holds the target counts against it, never for it: a company at home may have its servers abroad.
    """
    engagement = evidence.engagement
    residency = engagement.residency if engagement else None
    if engagement is None or residency is None:
        yield not_applicable(
            "The engagement does not say where data may be stored.", "점검 계약서에 보관 국가 제한이 없습니다."
        )
        return
    for target in engagement.targets:
        yield _target(rule, evidence, engagement, residency, target.name)


def _target(rule: PolicyRule, evidence: Evidence, engagement: Engagement, residency: Residency, target: str) -> Verdict:
    holding = [
        observation
        for observation in evidence.observations
        if observation.target == target and any(is_about(rule, tally) for tally in observation.tallies)
    ]
    region, country = _place(evidence, engagement, target)
    place = " / ".join(word for word in (country, region) if word)
    inside = _inside(residency, region, country)
    holder = next(
        (company for company in engagement.sub_vendors if target in company.targets and company.country), None
    )
    if inside is None and holder and holder.country not in residency.countries:
        inside, place = False, f"{holder.name} ({holder.country})"
    allowed = ", ".join((*residency.countries, *residency.regions))
    clause = quoted(engagement.contract.clauses.residency)
    if inside:
        status = Status.PASS
        message = Bilingual(en=f"{target} is in {place}.", ko=f"{target}의 보관 위치는 {place}입니다.")
    elif holding and inside is None:
        status = Status.NOT_CHECKED
        message = Bilingual(
            en=f"Where {target} is could not be determined; it holds personal data in {plural(len(holding), 'item')}.",
            ko=f"{target}의 보관 위치를 확인할 수 없으며, {len(holding):,}개 항목에 개인정보가 있습니다.",
        )
    elif holding:
        status = Status.FAIL
        message = Bilingual(
            en=f"{target} is {'in' if country or region else 'held by'} {place} and holds personal data in"
            f" {plural(len(holding), 'item')}; allowed: {allowed}{clause.en}",
            ko=f"{target}: {'보관 위치' if country or region else '보관 업체'} {place}, {len(holding):,}개 항목에 개인정보 보관;"
            f" 허용 범위: {allowed}{clause.ko}",
        )
    elif evidence.whole(target):
        status = Status.PASS
        message = Bilingual(en=f"{target} holds no personal data.", ko=f"{target}에 개인정보가 없습니다.")
    else:
        status = Status.NOT_CHECKED
        message = Bilingual(
            en=f"{target}: nothing was found, but not all of it was examined.",
            ko=f"{target}: 발견되지 않았으나 미점검 항목이 있습니다.",
        )
    return Verdict(
        status=status, message=message, subject=target, target=target,
        partial=status is Status.NOT_CHECKED and not holding and evidence.gaps_of(target) > 0,
        count=max((observation.people for observation in holding), default=0) if status is Status.FAIL else 0,
    )  # fmt: skip


def _place(evidence: Evidence, engagement: Engagement, target: str) -> tuple[str, str]:
    """(region, country) of a target, empty where unknown."""
    region = next((str(c.value) for c in evidence.controls if c.target == target and c.name == CONTROL and c.value), "")
    if not region:
        found = next((item for item in engagement.targets if item.name == target), None)
        if isinstance(found, S3Target) and found.region and not found.endpoint_url:
            region = found.region
    return region, _COUNTRIES.get(region, "") or engagement.countries.get(target, "")


def _inside(residency: Residency, region: str, country: str) -> bool | None:
    """Whether a place is allowed; None if that cannot be told."""
    if country and country not in residency.countries:
        return False
    if residency.regions and region:
        return region in residency.regions
    return True if country else None
