"""Running text to learn from: Korean forms, letters, certificates and lists as text."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("complaint answer", "kr", "txt", """
민원 회신 모음 (발송일 {#day})
%%
{name} 귀하
귀하께서 {#day} 제기하신 민원에 대하여 답변드립니다.
확인 결과 귀하의 계좌({bank} {account})에서 {#amount}원이 인출된 사실이 있습니다.
추가 문의는 {#tel}{~으로} 연락 주시기 바랍니다.

%%
수신: {name} 고객님 ({address})
제목: {#product} 수수료 민원에 대한 회신
말씀하신 휴대전화 {phone} 번호는 정상적으로 등록되어 있습니다.

%%
민원인 성명: {name}
민원인 생년월일: {birth}
회신 전자우편: {email}
내용: 이름 표기 오류 정정 요청

%% idle
본 회신은 민원처리 규정에 따라 {#n}일 이내에 발송되었습니다.
성명 및 주소가 변경된 경우 가까운 영업점에 신고하여 주십시오.
문서번호 {#order}
담당 부서: 소비자보호팀 (대표 {#tel})
시행일 {#day}
"""),
    Kind("consent form", "kr", "txt", """
개인(신용)정보 수집·이용 동의서
%%
수집 항목: 성명, 생년월일, 연락처, 주소
보유 기간: 계약 종료 후 5년
동의자
  성 명 : {name} (인)
  생년월일 : {birth}
  연 락 처 : {phone}
  주 소 : {address}
작성일 {#day}

%%
본인 {name}(생년월일 {birth}, 휴대전화 {phone})은 위 내용을 이해하고 동의합니다.
동의일 : {#day}
동의 버전 : v{#version}

%%
[성명] {name}
[생년월일] {birth}
[휴대폰] {phone}
[이메일] {email}
[동의여부] 필수 Y / 선택 N
[동의일자] {#day}

%% idle
※ 동의를 거부할 권리가 있으며 거부 시 가입이 제한됩니다.
※ 성명, 주민등록번호, 연락처는 필수 기재 항목입니다.
※ 주소는 도로명으로 적어 주십시오.
제3자 제공: 신용정보집중기관
서식번호 {#order} (개정 {#day})
"""),
    Kind("application", "kr", "txt", """
{#product} 가입 신청서
%%
성명 {name}
주민등록번호 {rrn}
휴대폰 {phone}
이메일 {email}
자택주소 {address}
신청일 {#day}
상품명 {#product}

%%
신청인 {name}
생년월일 {birth}
연락처 {phone}
출금계좌 {bank} {account}
출금일 매월 {#n}일
신청지점 강남지점

%%
성명(한글) {name}
성명(영문) {name:upper}
여권번호 {passport}
전화번호 {phone}
직업 회사원
신청구분 신규

%% idle
성명 기재 요망
접수번호 {#order}
유의사항: 이름과 예금주가 다르면 접수되지 않습니다
담당자 확인 (인)
주소지 증빙 첨부
처리기한 {#n}일
"""),
    Kind("power of attorney", "kr", "txt", """
위 임 장
%%
위임인: {name} (주민등록번호 {rrn})
위임인 주소: {address}
수임인: {b.name} (생년월일 {b.birth}, 연락처 {b.phone})
위 사람을 대리인으로 정하고 {#product} 해지에 관한 일체의 권한을 위임합니다.
{#day}
위임인 {name} (인)

%%
본인 {name:spaced}{~은} {b.name}에게 계좌({bank} {account}) 해지 업무를 위임함.
위임자 연락처 {phone} / 대리인 연락처 {b.phone}
기한: {#day}까지

%% idle
첨부: 인감증명서 1부, 신분증 사본 1부
위임인과 수임인의 성명을 정자로 기재할 것
새벽소프트 주식회사 귀중
※ 주소가 다를 경우 초본 제출
발급번호 {#order}
"""),
    Kind("payment receipts", "kr", "txt", """
입금 확인 내역 (담당: 정산팀)
%%
{#day} {#time} / 입금자 {name} / {#amount}원 / {bank} {account}
%%
받는 분: {name} 님
받는 분 계좌: {bankname} {account}
금액: {#amount}원 (수수료 0원)

%%
카드 결제 영수증
카드번호 {card}
구매자명 {name} / 구매자 휴대폰 {phone}
승인번호 {#order}
승인일시 {#stamp}

%% idle
합계 {#amount}원 ({#n}건)
가맹점명 새벽마트 강남점
사업자 대표번호 {#tel}
상품명 {#product}
정산일 {#day}
예금주 불일치 건은 반송 처리
"""),
    Kind("slash list", "kr", "txt", """
배송 요청 명단 ({#day})
%%
이름 / 연락처 / 주소
{name} / {phone} / {address}
{b.name} / {b.phone} / {b.address}
{c.name} / {c.phone} / {c.address}
{d.name} / {d.phone} / {d.address}

%%
성명, 생년월일, 휴대폰
{name}, {birth:iso}, {phone}
{b.name}, {b.birth:iso}, {b.phone}
{c.name}, {c.birth:iso}, {c.phone}

%%
이름 · 전화 · 메일
{name} · {phone} · {email}
{b.name} · {b.phone} · {b.email}
{c.name} · {c.phone} · {c.email}

%% idle
출고일 {#day}, 택배사 한마음택배
상품 {#product} {#n}개
위 명단은 배송 후 파기할 것
주소 오류 건은 반송
품명 / 수량 / 단가
{#product} / {#n} / {#amount}
{#product} / {#n} / {#amount}
""", records=11),
    Kind("sms sent", "kr", "txt", """
발송 이력 내려받기 {#stamp}
%%
{#stamp} -> {phone} [새벽은행] {name}님, {#product} 가입이 완료되었습니다.
%%
{#stamp} -> {phone} [Web발신] {name} 고객님 {bank}({account}) {#amount}원 입금
%%
{#stamp} -> {phone} (광고) {nick?}님 생일 축하드려요! 무료거부 080-000-0000
%%
{#stamp} -> {phone} [새벽택배] 받는 분: {name}, 배송지: {address}
%% idle
{#stamp} 템플릿 등록: "#{이름}님, #{상품명} 가입이 완료되었습니다"
{#stamp} 발송 실패 코드 {#n} (형식 오류)
{#stamp} 채널명 새벽은행 알림톡, 발신 {#tel}
{#stamp} 예약 발송 {#n}건 대기
{#stamp} [점검] 이름 치환 변수 누락
""", records=28),
    Kind("release notes", "kr", "md", """
# 릴리스 노트 {#version} ({#day})
%%
### {#ticket}
- 고객 사례: **{name}** 님(연락처 {phone})이 {#product} 해지 시 오류
- 재현: `{email}` 계정

%%
- **성명:** {name}
- **휴대폰:** {phone}
- **증상:** 이름이 두 번 표시됨

%%
- 문의자 이름 : {name}, 차량번호 : {plate} — 주차 등록 오류 수정
%% idle
- 이름 검색 속도 개선
- 주소 자동완성 API 교체 ({#commit})
- **계좌번호** 입력 키패드 변경
- 생년월일 기본값을 1990-01-01에서 빈 값으로 변경
- 회원명 정렬 오류 수정
- 서비스명 변경: 하나패스 → 포도패스
"""),
    Kind("todo", "kr", "md", """
# 할 일
%%
- [ ] {name}님한테 전화 ({phone})
%%
- [x] {name} 고객 생년월일 {birth}로 정정
%%
- [ ] {email}로 계약서 다시 보내기 (받는 사람: {name})
%%
- [ ] 계좌 {bank} {account} 1원 인증
  - [ ] {#day}까지
%%
1. 방문 고객: {name}, 차량 {plate}
%% idle
- [x] 이름 변경 기능 기획서
- [ ] 전화번호부 이전 ({#ticket})
- [ ] 회의실 예약 {#time}
- [x] {#version} 배포
- [ ] 주소록 양식 정리
- [ ] {#product} 견적 {#amount}원
""", records=26),
    Kind("wiki page", "kr", "md", """
# 본인확인 장애 대응 위키

| 항목 | 설명 |
|---|---|
| 이름 | 필수 |
| CI | 88자 |
%%
## 사례 {#n}
**이름**: {name}
**전화**: {phone}
**생년월일**: {birth}
**CI**: `{ci}`

%%
* 이름은 "{name}", 이메일은 "{email}", 닉네임은 "{nick}"
%%
* <이름> {name} <전화> {phone} <IP> {ip}
%% idle
* 이름 검증은 `validateName()` 에서 한다
* 작성일 {#day}, 버전 {#version}
* 담당 팀명: 인증플랫폼팀
* 생년월일은 8자리로 저장
* 대표 메일 {#mailbox}
* 관련 문서: 개인정보 처리방침, 주소 체계 변경
"""),
    Kind("scanned form", "kr", "txt", """
%%
거래신청서
성명
{name}
주민등록번호
{rrn}
휴대전화
{phone}
주소
{address}
거래일자
{#day}

%%
고객정보변경신청서
고객명
{name:spaced}
생년월일
{birth}
변경 전 연락처
{phone}
변경 후 연락처
{b.phone}
변경사유
번호 변경

%%
계좌이체신청서
예금주명
{name}
은행명
{bankname}
계좌번호
{account}
이체금액
{#amount}원
이체일
{#day}

%% idle
서명 또는 날인
(은행 사용란)
접수인
- {#n} -
※ 굵은 선 안쪽만 기재하십시오
"""),
    Kind("contract", "kr", "txt", """
용역 계약서 부속: 이용자 인적사항
%%
"갑"의 성명은 {name}이고 주민등록번호는 {rrn}이며 주소는 {address}이다.
계약일: {#day}

%%
계약자  성명 : {name}    생년월일 : {birth}    전화 : {phone}
대금은 {bankname} {account}(예금주: {name})으로 지급한다.
계약금액 : 금 {#amount}원

%%
【성명】{name}【연락처】{phone}【전자우편】{email}
【계약번호】{#order}

%% idle
제{#n}조 (목적) 본 계약은 용역의 범위를 정함을 목적으로 한다.
제{#n}조 (성명의 표시) 당사자의 성명은 주민등록표에 따른다.
제{#n}조 (기간) 계약 기간은 {#day}부터 1년으로 한다.
주식회사 새벽소프트 (법인등록번호 {#corporate})
제{#n}조 (주소 변경의 통지) 주소가 바뀌면 7일 안에 통지한다.
"""),
)  # fmt: skip
