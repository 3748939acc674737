"""Decoys that are text about personal data: source code, translations, configurations, schemas, documentation."""

# ruff: noqa: ARG001 - every maker takes the same arguments

from __future__ import annotations

import base64
import json
from random import Random

from benchmarks.detection.labels import Page


def source(page: Page, chance: Random) -> str:
    """Code about personal data, without any."""
    return (
        """package kr.co.vendor.member;
public class MemberService {
    private static final String CI = "ci";
    private String nickname;
    public String update(User user, Member member) {
        nickname = user.getNickname();
        String name = member.getName();
        String ci = request.getParameter("ci");
        String phone = StringUtils.defaultString(req.getPhone(), "");
        String address = env.getProperty("server.address");
        member.setBirthDate(LocalDate.parse(birthDate, DateTimeFormatter.ofPattern("yyyyMMdd")));
        log.info("nickname={} ci={} phone={}", nickname, ci, phone);
        if (name == null) throw new IllegalArgumentException("name must not be null");
        Map<String, String> params = Map.of("nickname", "nickname", "email", "user@example.com");
        String accountNo = accountRepository.findNo(member.getId());
        return """
        + '"SELECT ci, di, nick_nm AS nickname FROM tb_member WHERE name = :name AND mobile = :mobile";\n    }\n}\n'
    )


def typescript(page: Page, chance: Random) -> str:
    """The same in a front end."""
    return """export interface Member { ci: string; di: string; nickname: string; name: string; phone?: string }
const nickname = props.nickname ?? defaultNickname;
const name = useState<string>('');
const schema = { nickname: yup.string().required(), address: yup.string(), birthDate: 'YYYY-MM-DD', phone: /^01[016789]-?\\d{3,4}-?\\d{4}$/ };
const placeholder = { nickname: '닉네임을 입력하세요', name: '홍길동', phone: '010-0000-0000', email: 'email@example.com', jumin: '000000-0000000' };
form.setValue('nickname', data.nickname); this.name = name; const email = `${id}@${domain}`;
"""


def labels_file(page: Page, chance: Random) -> str:
    """Translations: field names as keys, words as values."""
    return json.dumps({
        "nickname": "닉네임", "name": "이름", "phone": "휴대폰 번호", "email": "이메일", "address": "주소", "birthDate": "생년월일", "ci": "연계정보", "account_no": "계좌번호", "card_no": "카드번호",
        "nickname_placeholder": "닉네임을 입력해 주세요", "error": {"nickname": "이미 사용 중인 닉네임입니다", "name": "이름은 필수 항목입니다", "address": "주소를 다시 확인해 주세요"},
        "th": {"nickname": "ชื่อเล่น", "name": "ชื่อ-นามสกุล", "phone": "เบอร์โทรศัพท์", "address": "ที่อยู่"}, "cn": {"nickname": "昵称", "name": "姓名", "phone": "手机号", "address": "地址"},
    }, ensure_ascii=False, indent=2)  # fmt: skip


def strings_xml(page: Page, chance: Random) -> str:
    """Android's strings."""
    pairs = {
        "nickname": "닉네임",
        "name": "이름",
        "phone_number": "휴대폰 번호",
        "address": "배송지 주소",
        "app_name": "하늘지갑",
        "birth_date": "생년월일을 선택하세요",
        "nickname_hint": "한글 2~8자",
    }
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<resources>\n'
        + "".join(f'    <string name="{k}">{v}</string>\n' for k, v in pairs.items())
        + "</resources>\n"
    )


def pipeline(page: Page, chance: Random) -> str:
    """Continuous integration."""
    return f"""name: ci
on: [push]
env:
  CI: true
  CI_COMMIT: {chance.randbytes(20).hex()}
jobs:
  ci:
    runs-on: ubuntu-22.04
    steps:
      - name: Set up Node
        uses: actions/setup-node@{chance.randbytes(20).hex()}
      - name: Run CI
        run: npm ci && CI={base64.b64encode(chance.randbytes(30)).decode()} npm test
      - name: Notify
        run: echo "ci=$CI_JOB_ID build 20250331.{chance.randint(1, 99)}"
"""


def statistics(page: Page, chance: Random) -> str:
    """Confidence intervals."""
    return "group,mean,ci,ci_low,ci_high,n\n" + "".join(
        f"A{i},{chance.random():.6f},{chance.random():.4f},{chance.random():.12f},{1 + chance.random():.12f},{chance.randint(10, 9999)}\n"
        for i in range(60)
    )


def schema_sql(page: Page, chance: Random) -> str:
    """Tables without rows."""
    return """CREATE TABLE tb_member (
  member_no BIGINT NOT NULL COMMENT '회원번호',
  ci VARCHAR(88) NOT NULL COMMENT '연계정보',
  di VARCHAR(64) COMMENT '중복가입확인정보',
  nick_nm VARCHAR(40) DEFAULT '닉네임없음' COMMENT '닉네임',
  jumin_no CHAR(13) COMMENT '주민등록번호',
  hp_no VARCHAR(13) COMMENT '휴대폰번호 (010-0000-0000)',
  PRIMARY KEY (member_no)
);
INSERT INTO tb_code (code, name) VALUES ('NICK', '닉네임'), ('ADDR', '주소'), ('HP', '휴대폰'), ('ACTIVE', '정상'), ('GRADE1', '골드');
"""


def placeholders(page: Page, chance: Random) -> str:
    """A README's examples and reserved values."""
    return """# 회원 API

| 필드 | 예 |
|---|---|
| phone | 010-0000-0000 |
| email | user@example.com, test@test.example |
| jumin | 000000-0000000 |
| citizen_id | 1-2345-67890-12-1 |
| nickname | string |
| card | 0000-0000-0000-0000 |
| ci | base64 (88 bytes) |
| ip | 192.0.2.17, 10.0.0.1, 127.0.0.1 |

git clone git@github.com:vendor/member-api.git
ssh deploy@staging.internal.example
"""


def authentication(page: Page, chance: Random) -> str:
    """Kakao's answer without consent: flags and times about a CI."""
    return json.dumps({"id": chance.randint(10**9, 10**10), "kakao_account": {"ci_needs_agreement": True, "ci_authenticated_at": "2025-03-31T09:00:00Z", "has_phone_number": True, "phone_number_needs_agreement": True,
                       "profile_nickname_needs_agreement": True, "name_needs_agreement": False, "birthyear_needs_agreement": True}}, indent=1)  # fmt: skip
