"""What a run knows besides its policies' results, as one line of evidence each for the checklist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from auditor.model.asset import MEMBER_SEPARATOR
from auditor.model.finding import Observation, Run
from auditor.model.guidance import SeenFact
from auditor.model.names import Names
from auditor.model.terms import destroy_by
from auditor.model.text import Bilingual, plural

_REPOSITORY: Final = re.compile(r"(?:^|[/!])(?:[^/]*\.git|\.svn|\.hg)(?:/|!|$)| \((?:unreachable )?(?:commit|tree) ")
_LOG: Final = re.compile(r"(?:^|[/!])logs?/|\.log(?:$|[.!-])", re.IGNORECASE)


def _both(en: str, ko: str) -> Bilingual:
    return Bilingual(en=en, ko=ko)


def lines(fact: SeenFact, run: Run, names: Names) -> Iterator[Bilingual]:
    """The evidence of that name; nothing where the run has none."""
    yield from _OF_ENTITIES[fact](run, names) if fact in _OF_ENTITIES else _FACTS[fact](run)


def undecided(run: Run) -> Iterator[Bilingual]:
    """In how many places values stand that may be personal data; nothing where there are none."""
    if run.possible:
        places = len(run.possible)
        yield _both(
            f"{plural(places, 'item')} {'holds' if places == 1 else 'hold'} values that may be identifiers: to be decided",
            f"식별정보일 수 있는 값이 있는 항목 {places:,}건(확인 필요)",
        )


def _contract(run: Run) -> Iterator[Bilingual]:
    contract = run.engagement.contract
    if contract.signed:
        yield _both(
            f"Contract signed {contract.signed} (as the engagement says)",
            f"계약 체결일 {contract.signed}(점검 설정 기준)",
        )
    if by := destroy_by(run.engagement):
        days = contract.destroy_within.days
        yield _both(
            f"Ends {contract.ends}; destruction within {plural(days, 'day')}, by {by}",
            f"계약 종료일 {contract.ends}, 종료 후 {days}일 이내({by}까지) 파기",
        )
    if contract.clause:
        yield _both(f"Clause: {contract.clause}", f"근거 조항: {contract.clause}")


def _agreed(run: Run, names: Names) -> Iterator[Bilingual]:
    for agreed in run.engagement.agreed_data:
        entities = names.all(agreed.entities)
        purpose = f" ({agreed.purpose})" if agreed.purpose else ""
        yield _both(f"Agreed data: {entities.en}{purpose}", f"합의된 처리 항목: {entities.ko}{purpose}")


def _sent(run: Run, names: Names) -> Iterator[Bilingual]:
    for sent in run.engagement.data_sent:
        entities, subjects = names.all(sent.entities), f"{sent.subjects:,}" if sent.subjects is not None else ""
        people, people_ko = (f", {subjects} people", f", {subjects}명") if subjects else ("", "")
        yield _both(f"Sent on {sent.sent}: {entities.en}{people}", f"{sent.sent} 제공: {entities.ko}{people_ko}")


def _exceptions(run: Run, names: Names) -> Iterator[Bilingual]:
    for kept in run.engagement.exceptions:
        entities = names.all(kept.entities)
        yield _both(
            f"Kept until {kept.until}: {entities.en} ({kept.basis})",
            f"{kept.until}까지 보존: {entities.ko} ({kept.basis})",
        )


def _sub_vendors(run: Run) -> Iterator[Bilingual]:
    for company in run.engagement.sub_vendors:
        since = (f"consent of {company.consented}", f"{company.consented} 동의")
        said = since if company.consented else ("no consent named", "동의 내역 없음")
        yield _both(f"{company.name}: {said[0]}", f"{company.name}: {said[1]}")


def _residency(run: Run) -> Iterator[Bilingual]:
    if allowed := run.engagement.residency:
        places = ", ".join((*allowed.countries, *allowed.regions))
        yield _both(f"Allowed places: {places}", f"허용된 보관 위치: {places}")


def _certificate(run: Run) -> Iterator[Bilingual]:
    certificate = run.engagement.destruction
    if certificate is None:
        yield _both("No destruction certificate was given to this audit", "이번 점검에 제출된 파기확인서 없음")
        return
    about = f" ({certificate.reference})" if certificate.reference else ""
    yield _both(
        f"Certificate declares destruction on {certificate.declared}{about}",
        f"{certificate.declared}자 파기확인서{about}",
    )


def _coverage(run: Run) -> Iterator[Bilingual]:
    for coverage in run.coverage:
        yield _both(
            f"{coverage.target}: {coverage.examined:,} of {coverage.assets:,} files and objects examined",
            f"{coverage.target}: 파일·객체 {coverage.assets:,}개 중 {coverage.examined:,}개 점검",
        )


def _not_examined(run: Run) -> Iterator[Bilingual]:
    if run.gaps:
        yield _both(f"{plural(len(run.gaps), 'item')} not examined", f"미점검 항목 {len(run.gaps):,}건")
    if run.interrupted:
        yield _both("The audit was interrupted", "점검이 도중에 중단됨")


def _people(run: Run) -> Iterator[Bilingual]:
    if run.people:
        least, least_ko = ("At least ", "최소 ") if run.more_people else ("", "")
        yield _both(f"{least}{run.people:,} distinct people found", f"발견된 정보주체 {least_ko}{run.people:,}명")


def _data(run: Run, names: Names) -> Iterator[Bilingual]:
    matches: Counter[str] = Counter()
    for seen in run.observations:
        for tally in seen.tallies:
            matches[tally.entity] += tally.matches
    for entity, count in sorted(matches.items(), key=lambda item: (-item[1], item[0]))[:5]:
        name = names.of(entity)
        yield _both(f"{plural(count, 'occurrence')} of {name.en}", f"{name.ko}: {count:,}건")
    if len(matches) > 5:
        yield _both(f"and {plural(len(matches) - 5, 'more kind')} of data", f"외 {len(matches) - 5}종")


def _places(en: str, ko: str, chosen: Callable[[Observation], bool]) -> Callable[[Run], Iterator[Bilingual]]:
    def of(run: Run) -> Iterator[Bilingual]:
        found = [seen for seen in run.observations if chosen(seen)]
        if found:
            example = min(found, key=lambda seen: (-seen.people, seen.target, seen.path))
            yield _both(
                f"Personal data in {plural(len(found), en)}, such as {example.path}",
                f"{ko} {len(found):,}건 발견(예: {example.path})",
            )

    return of


def _control(name: str, yes: tuple[str, str], no: tuple[str, str]) -> Callable[[Run], Iterator[Bilingual]]:
    def of(run: Run) -> Iterator[Bilingual]:
        for control in run.controls:
            if control.name == name:
                words = (
                    ("could not be determined", "확인 불가") if control.value is None else yes if control.value else no
                )
                yield _both(f"{control.target}: {words[0]}", f"{control.target}: {words[1]}")

    return of


_OF_ENTITIES: Final[Mapping[SeenFact, Callable[[Run, Names], Iterator[Bilingual]]]] = {
    "agreed-data": _agreed,
    "data-sent": _sent,
    "exceptions": _exceptions,
    "data": _data,
}

_FACTS: Final[Mapping[SeenFact, Callable[[Run], Iterator[Bilingual]]]] = {
    "contract": _contract,
    "certificate": _certificate,
    "sub-vendors": _sub_vendors,
    "residency": _residency,
    "coverage": _coverage,
    "not-examined": _not_examined,
    "people": _people,
    "repositories": _places(
        "repository file", "저장소 내 개인정보", lambda seen: bool(_REPOSITORY.search(seen.path))
    ),
    "archives": _places(
        "archive member", "압축 파일 내 개인정보", lambda seen: MEMBER_SEPARATOR in seen.path
    ),
    "old-versions": _places(
        "old object version", "개인정보가 있는 이전 객체 버전", lambda seen: not seen.current
    ),
    "logs": _places("log", "개인정보가 있는 로그", lambda seen: bool(_LOG.search(seen.path))),
    "public-access": _control("bucket.public_access", ("open to anybody", "누구에게나 공개"), ("not public", "비공개")),
    "encryption": _control("bucket.encryption", ("encrypts by default", "기본 암호화 설정"), ("no default encryption", "기본 암호화 미설정")),
}  # fmt: skip
