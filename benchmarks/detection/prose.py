"""What people write: chats, mails, tickets, memos. Identifiers touch Hangul and Thai letters there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from benchmarks.detection import fresh
from benchmarks.detection.columns import moment
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.people import Writing

#: `{phone}` plants an attribute, `{name?}` one that nobody can be asked to find without a language model
LINES: dict[str, tuple[str, ...]] = {
    "kr": (
        "{name?}님 휴대폰 {phone}으로 인증번호 다시 보내주세요",
        "제 번호는 {phone}이고 메일은 {email}입니다.",
        "주민번호{rrn}로 조회했는데 안 나와요",
        "고객 주민등록번호: {rrn}, 연락처: {phone}",
        "여권번호 {passport}입니다 확인 부탁드려요",
        "CI값 {ci} 로 검색하면 두 건 나옵니다",
        "연계정보는 {ci}이고 DI는 {di}입니다",
        "{email}으로 회신 바랍니다",
        "문의 메일({email})로 답변 완료, 콜백 {phone}",
        "환불 계좌번호: 신한은행 {account} 예금주 {name?}",
        "카드번호 {card}로 결제했는데 취소가 안돼요",
        "운전면허번호 {licence} 확인됐습니다",
        "지갑주소 {wallet}로 민팅했습니다",
        "외국인등록번호 {frn}인 고객님 건입니다",
        "차량번호 {plate} 주차 등록 부탁드립니다",
        "배송지 주소: {address}",
        "닉네임: {nick}",
        "성명: {name}",
        "생년월일: {birth}",
        "사업자등록번호 {brn} 개인사업자입니다",
    ),
    "th": (
        "เลขบัตรประชาชน{tnin}ค่ะ",
        "เลขประจำตัวประชาชน {tnin} ครับ เบอร์{phone}ค่ะ",
        "โทรกลับที่{phone}นะคะ",
        "ติดต่ออีเมล{email}ค่ะ",
        "ชื่อเล่น: {nick}",
        "ชื่อ-นามสกุล: {name}",
        "ที่อยู่: {address}",
        "เลขที่บัญชี {account} กสิกรไทย",
        "บัตรเครดิต {card} ถูกตัดเงินสองครั้ง",
    ),
    "cn": (
        "身份证号{cnid}的客户已核实",
        "客户手机{phone}请回电",
        "请把发票发到{email}谢谢",
        "姓名：{name}",
        "昵称：{nick}",
        "收货地址：{address}",
        "银行卡号{card}退款失败",
        "护照号码：{cnpass}",
        "身份证 {cnid} 手机号 {phone}",
    ),
}
#: nobody's data, in the same files
IDLE = (
    "배포는 2025-03-31 18:00에 진행합니다", "주문번호 20250331-0012345 배송중", "CI 파이프라인이 실패했습니다 (job 8801234567890)", "버전 3.12.4.1 로 올렸어요", "회의록 링크 공유드립니다",
    "닉네임 변경 기능은 다음 스프린트에 합니다", "주민번호 수집은 금지되어 있습니다", "이메일 인증 화면 디자인 수정 요청", "โปรดตรวจสอบระบบอีกครั้ง", "请尽快处理工单 #20250331123456", "nickname 필드는 NOT NULL 입니다",
    "고객센터 운영시간 09:00-18:00", "계좌번호는 마이페이지에서 확인하세요", "주소 검색 API 응답이 느립니다",
)  # fmt: skip


def _lines(page: Page, chance: Random, country: str, writing: Writing, count: int, *, log: bool = False) -> list[str]:
    told, idle = (fresh.LINES[country], fresh.IDLE[country]) if writing.judging else (LINES[country], IDLE)
    if log:
        told, idle = fresh.LOGS[country], fresh.IDLE_LOGS
    lines = []
    for _ in range(count):
        if chance.random() < 0.25:
            lines.append(chance.choice(idle))
            continue
        lines.append(_fill(page, chance.choice(told), writing.person()))
    return lines


def _fill(page: Page, template: str, person: dict[str, Cell]) -> str:
    out, rest = [], template
    while rest:
        before, brace, rest = rest.partition("{")
        out.append(before)
        if not brace:
            break
        name, _, rest = rest.partition("}")
        cell = person[name.rstrip("?")]
        optional = name.endswith("?") or cell.form in ("kr dropped-zero", "unpadded", "url-safe", "six", "15 digits")
        if optional:
            cell = Cell(text=cell.text, entity=cell.entity, form=cell.form, required=False)
        before_word = before.strip(" :：(,").split(" ")[-1] if before.strip() else ""
        out.append(page.put(cell, before_word))
    return "".join(out)


def kakao(page: Page, chance: Random, country: str, writing: Writing) -> str:
    """A messenger's export. Talkers' own names stand in brackets: neither right nor wrong."""
    page.tolerate("PERSON", "NICKNAME")
    if writing.judging:
        return _messenger(chance, country, _lines(page, chance, country, writing, 60))
    talkers = ["기획 수진", "dev_jay", "운영팀"]
    day = moment(chance)
    lines = [f"{day.year}년 {day.month}월 {day.day}일 월요일"]
    lines += [
        f"[{chance.choice(talkers)}] [오후 {chance.randint(1, 11)}:{chance.randint(10, 59)}] {line}"
        for line in _lines(page, chance, country, writing, 60)
    ]
    return "\n".join(lines) + "\n"


def _messenger(chance: Random, country: str, lines: list[str]) -> str:
    """KakaoTalk's export from a telephone, LINE's, and lines copied from WeChat."""
    out = [f"{moment(chance):%Y.%m.%d}"] if country == "th" else []
    for at, line in zip(_one_day(chance, len(lines)), lines, strict=True):
        who, half = chance.choice(fresh.TALKERS[country]), "오전" if at.hour < 12 else "오후"
        out.append({
            "kr": f"{at.year}년 {at.month}월 {at.day}일 {half} {(at.hour - 1) % 12 + 1}:{at:%M}, {who} : {line}",
            "th": f"{at:%H:%M}\t{who}\t{line}",
            "cn": f"{who} {at.year}/{at.month}/{at.day} {at:%H:%M:%S}\n{line}\n",
        }[country])  # fmt: skip
    return "\n".join(out) + "\n"


def _one_day(chance: Random, count: int) -> list[datetime]:
    """Some moments of one day, in order."""
    midnight = moment(chance).replace(hour=0, minute=0, second=0)
    return [midnight + timedelta(seconds=second) for second in sorted(chance.sample(range(86400), count))]


def mail(page: Page, chance: Random, country: str, writing: Writing) -> str:
    """A mailbox file; the senders' addresses in the headers are personal data as well, and so left open."""
    page.tolerate("PERSON")
    sender = writing.person()["email"]
    top = [
        f"From: {page.put(sender, 'From')}",
        "Subject: =?UTF-8?B?6rOg6rCdIOusuOydmA==?=",
        f"Date: {moment(chance):%a, %d %b %Y %H:%M:%S} +0900",
        "Content-Type: text/plain; charset=utf-8",
        "",
    ]
    return "\n".join(top + _lines(page, chance, country, writing, 40)) + "\n"


def markdown(page: Page, chance: Random, country: str, writing: Writing) -> str:
    """A developer's notes."""
    page.tolerate("PERSON")
    return "# 작업 메모\n\n" + "\n".join(f"- {line}" for line in _lines(page, chance, country, writing, 50)) + "\n"


def service_log(page: Page, chance: Random, country: str, writing: Writing) -> str:
    """A service's log: syslog, Spring's, or logfmt before each message."""
    before: Callable[[datetime], str] = chance.choice((
        lambda t: f"{t:%b %d %H:%M:%S} api-prd-02 member-api[2211]: ",
        lambda t: f"{t:%Y-%m-%d %H:%M:%S}.{t.second:03}  INFO 1 --- [nio-8080-exec-{t.minute % 9 + 1}] k.c.v.m.MemberService : ",
        lambda t: f"ts={t:%Y-%m-%dT%H:%M:%S}+09:00 level=info caller=handler.go:{t.minute + 20} ",
    ))  # fmt: skip
    lines = _lines(page, chance, country, writing, 60, log=True)
    return "".join(f"{before(t)}{line}\n" for t, line in zip(_one_day(chance, len(lines)), lines, strict=True))


WRITERS: dict[str, tuple[Callable[[Page, Random, str, Writing], str], str]] = {
    "chat": (kakao, "txt"),
    "mail": (mail, "eml"),
    "memo": (markdown, "md"),
}
JUDGING_WRITERS = WRITERS | {"log": (service_log, "log")}
"""Those of judging seeds."""
