"""More running text to learn from: what a bank's and a vendor's Korean desks write, paste and commit."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("mail threads", "kr", "txt", """
%%
보낸사람: {name} <{email}>
받는사람: 고객지원 <{#mailbox}>
참조: {b.name} <{b.email}>
날짜: {#stamp}
제목: 본인인증이 안 됩니다

제 번호는 {phone}이고 {birth}생입니다.

%%
발신: "{name}" <{email}>
수신: {#mailbox}
첨부파일: 신분증.jpg (1.{#n}MB)
--
{name} 드림
M. {phone}

%%
2026년 2월 3일 (화) {#time}, {name} <{email}>님이 작성:
> 아직 입금 전입니다. {bankname} {account} 확인 바랍니다.

%%
감사합니다.
{name} 과장 / (주)포도상사 구매팀
Mobile {phone}  E-mail {email}
{address}

%% idle
제목: [전체공지] {#day} 정기점검
받는사람: 전사공지 <{#mailbox}>
> 담당자: 구매팀, 참조: 영업1팀
> 이름 뒤에 님을 붙여 주세요.
회신이 늦어 죄송합니다, 고객님.
Fax 대표 {#tel}
""", records=20),
    Kind("vcards pasted", "kr", "txt", """
연락처 공유 (폰에서 내보냄)
%%
BEGIN:VCARD
VERSION:3.0
N:{name}
FN:{name}
TEL;TYPE=CELL:{phone}
EMAIL;TYPE=HOME:{email}
BDAY:{birth:iso}
END:VCARD
%%
[명함] {name} 대표 | 휴대폰 {phone} | {email} | {address}
%%
연락처 카드: {name}({phone}) 님을 공유했습니다
%% idle
VERSION:3.0
ORG:새벽소프트;품질팀
NOTE:연락처 가져오기 실패 {#n}건
TITLE:팀장
[명함] 새벽소프트 고객센터 | {#tel}
PRODID:-//saebyeok//contacts {#version}//KO
""", records=22),
    Kind("slack thread", "kr", "md", """
#cs-긴급 내보내기
%%
*dev-jiho* {#time}: 이 분인가요? {name} / {phone} / 생년월일 {birth}
%%
*ops-bora* {#time}: `{email}` 로 가입한 {name}님 계정 두 개예요
%%
*ops-bora* {#time}: cc 고객 {name} — 주민번호 `{rrn}` 앞뒤 바뀐 것 같음
%%
*dev-jiho* {#time}: 계좌주명 {name}, 계좌 {account} ({bank}) 로 재처리 부탁
%%
*pm-sol* {#time}: 배송지 `{address}` 파싱 실패
%%
*dev-jiho* {#time}: uid {#n}771, ci={ci}
%% idle
*dev-jiho* {#time}: :eyes: 확인 중
*pm-sol* {#time}: 하은 프로젝트 킥오프 {#day}
*ops-bora* {#time}: @channel 점검 공지 나갔어요
*dev-jiho* {#time}: 이름 필드 trim 안 한 듯 {#commit}
*pm-sol* {#time}: 담당자: 플랫폼셀 / 이름: 결제게이트웨이
*ops-bora* {#time}: req {#uuid} 로그 좀요
3 replies
""", records=30, tolerated=("PERSON", "NICKNAME")),
    Kind("redmine comments", "kr", "txt", """
결함 #{#n}213 명의 불일치
%%
설명: 가입자명 "{name}", 등록번호 {rrn}, 오류코드 E{#n}
%%
비고: [고객정보] {name}|{birth}|{phone}|{email}
%%
#{#n} 코멘트 - 현장 확인 결과 사용자({name}, {phone})의 운전면허 {licence} 만료
%%
추정 원인: 성명이 {name}, 영문성명이 {name:upper} 로 서로 다른 문서
%%
h3. 고객 CI
<pre>{ci}</pre>
%% idle
진척도: {#n}%
담당자 변경: 결제파트 → 인증파트
대상 버전: {#version}
추정 원인: 성명 길이 제한
일감 {#ticket}와(과) 관련됨
시작시간: {#iso}, 완료기한: {#iso}
설명: 생년월일이 0000-00-00 으로 저장됨
""", records=28),
    Kind("test scenarios", "kr", "feature", """
# language: ko
기능: 비대면 계좌개설
%%
  시나리오: 정상 고객
    조건 성명이 "{name}"이고 주민등록번호가 "{rrn}"인 고객이 있다
    만일 휴대폰 "{phone}"으로 인증한다
    그러면 계좌가 개설된다
%%
    Given 회원 "{name}"의 생년월일은 "{birth}"
    When 로그인한다
    Then 메인 화면이 보인다
%%
    예: | 이름 | 계좌 | 이메일 |
        | {name} | {account} | {email} |
        | {b.name} | {b.account} | {b.email} |
%%
    조건 외국인 "{name:upper}"의 외국인등록번호가 "{frn}"이다
%% idle
    만일 이름을 비워 둔다
    그러면 "이름을 입력하세요"가 보인다
    조건 오늘은 "{#iso}"이다
    그리고 주문번호가 "{#order}"이다
    만일 휴대폰 "010-0000"으로 인증한다
  # 고객님 안내 문구는 {#version}에서 확정
""", records=22),
    Kind("postman notes", "kr", "md", """
# 본인확인 API 호출 예 (검증계)
%%
요청 본문
```json
{"custNm": "{name}", "mblNo": "{phone:joined}", "brdt": "{birth:eight}", "reqId": "{#uuid}"}
```
%%
응답 요약: 이름 {name}, CI {ci}, DI {di}
%%
- 파라미터 userEmail={email}&userNm={name}
%%
{ 고객명: '{name}', 카드: '{card}', 금액: {#amount} }
%%
{
  "예금주": "{name}",
  "계좌번호": "{account}",
  "은행": "{bankname}"
}
%% idle
- 환경 변수 baseUrl, X-Request-Id: {#uuid}
- 응답 200 `{"custNm": null, "rsltCd": "E{#n}"}`
- 헤더 Authorization 은 직접 발급
- txId 0101234{#n}0{#n}, sessionId 850312{#n}1{#n}99
- 이름/생년월일이 다르면 E{#n}
- 갱신 {#iso}, 컬렉션 v{#version}
- etag "{#commit}{#commit}"
""", records=24),
    Kind("sql in chat", "kr", "txt", """
%%
select * from tb_cust where cust_nm = '{name}' and hp_no = '{phone}';
%%
지호: 이거 돌려봐요 → update member set email='{email}' where user_name='{name}'
%%
보라: 결과 1행
 cust_nm | birth_ymd | addr
 {name} | {birth:eight} | {address}
%%
지호: where 주민번호='{rrn}' 이렇게요
%%
insert into tb_acct(acct_no, ownr_nm) values ('{account}', '{name}');
%%
보라: nick_nm='{nick}' 두 건 나옴
%% idle
보라: 컬럼명 cust_nm varchar(40) 맞죠?
지호: explain 떠보니 풀스캔
select count(*) from tb_order where ord_no = '{#order}';
지호: cust_nm is null 이 {#n}건
보라: reg_dt >= '{#iso}' 조건 추가
지호: 운영 반영은 {#day} 밤
""", records=28, tolerated=("PERSON", "NICKNAME")),
    Kind("stack traces", "kr", "log", """
%%
kr.saebyeok.pay.AccountException: 계좌 실명조회 불일치 [예금주={name}, 계좌번호={account}]
	at kr.saebyeok.pay.RealName.check(RealName.java:{#n})
%%
Caused by: IllegalArgumentException: invalid phone '{phone}' for user '{name}'
	at kr.saebyeok.user.PhoneParser.parse(PhoneParser.java:{#n})
%%
MemberDto(name={name}, birthDate={birth:iso}, email={email}, address={address})
%%
DuplicateKeyException: Duplicate entry '{rrn:joined}' for key 'uk_jumin_no'
%%
org.mail.SendFailedException: 550 no such user <{email}>
%% idle
	at java.base/java.lang.Thread.run(Thread.java:840)
MemberDto(name=null, birthDate=null, email=, address=)
NullPointerException: Cannot invoke "String.length()" because "name" is null
[req={#uuid}] {#stamp} rollback
OrderDto(orderNo={#order}, amount={#amount})
	... {#n} common frames omitted
""", records=24),
    Kind("review comments", "kr", "md", """
# PR 리뷰 스레드
%%
> `assertEquals("{name}", user.getName())`
실제 고객 성함({name})을 테스트에 넣으면 안 돼요. 번호 {phone}도요.
%%
> {"phone": "{phone}", "name": "{name}"}
픽스처에 있는 이 사람 누구예요?
%%
주석에 남은 주민번호 {rrn} 지워 주세요 (성명 {name})
%%
nit: 메일 `{email}` 은 가짜로 바꿔 주세요
%%
샘플 여권번호 {passport}, 생년월일 {birth} 은 실데이터 같습니다
%% idle
> `private String name; // 이름`
네이밍은 customerName 이 나을 듯
LGTM :+1: {#commit}
이름이 민지인 브랜치는 정리합니다
테스트 클래스명 HanaServiceTest 로 변경
resolved {#stamp}
suggestion: 생년월일 파서는 유틸로
""", records=24),
    Kind("environment readme", "kr", "md", """
# 검증 환경 안내 (README)
%%
| 계정 | 이름 | 휴대폰 |
|---|---|---|
| {email} | {name} | {phone} |
| {b.email} | {b.name} | {b.phone} |

%%
* 실명확인용: {name} / {rrn} / {bankname} {account}
%%
* 로그인 ID `{email}` (실명 {name}, 닉네임 {nick})
%%
* 결제 카드 `{card}` - 명의자 {name}
%%
* CI 고정값: `{ci}` ({name} 고객)
%% idle
* DB 이름 saebyeok_stg, 스키마 이름 member
* 이미지 태그 {#version}-{#commit}
* VPN 신청은 {#mailbox}
* 서버 이름: 지우, 하늘, 라온 (고양이 이름에서 따옴)
* 만료일 {#iso}
* 테스트 OTP 는 항상 000000
* 포트 80{#n}, 관리자 계정은 보관함에 있음
""", records=22),
    Kind("headless table", "kr", "txt", """
%%
{name}    {birth:points}   {phone:dashes}   {address}
{b.name}    {b.birth:points}   {b.phone:dashes}   {b.address}
{c.name}    {c.birth:points}   {c.phone:dashes}   {c.address}
%%
{#n}  {name}  {rrn:dash}  {bank} {account:dashes}
%%
{name}	{phone}	{email}	Y	{#iso}
{b.name}	{b.phone}	{b.email}	N	{#iso}
%% idle
------------------------------------------
마포점    {#n}   {#amount}   {#iso}
소계  {#n}명
(계속)
{#product}  {#n}  {#amount}
하은상가  2층  {#amount}
""", records=14),
    Kind("bullet trees", "kr", "md", """
주간 이슈 트리
%%
- 민원
  ▸ 김포지점 접수
    ▹ 고객: {name}
    ▹ 핸드폰: {phone}
    ▹ 요구: 환불 {#amount}원
%%
└ {#ticket}
   ├ 성함 → {name}
   ├ 생년월일 → {birth}
   └ 상태 → 보류
%%
① 신고인 {name} ② 신고인 번호 {phone} ③ 신고 내용 없음
%%
1-1. 개설인: {name}, 개설인 메일: {email}
1-2. 개설일: {#day}
%%
★ {name} 님 (핸폰 {phone}) - 금일 중 콜백
%% idle
- 리스크
  ▸ 이름 오타로 인한 반송 {#n}건
└ 담당: 여신관리팀
★ 회원님 감사제 {#day}
① 이름 ② 생년월일 ③ 연락처 순서로 받기
1-{#n}. 제품명: 하나로패스
""", records=22),
    Kind("confluence page", "kr", "txt", """
페이지 제목: 개인정보 오류 사례집
작성자: 데이터품질셀   최종 수정: {#day}
%%
사례 {#n}) 성명과 예금주 불일치
  등록 성명   {name}
  예금주      {b.name}
  계좌        {bankname} {account}
%%
사례 {#n}) 이메일({email})로 가입한 고객 {name}의 생일이 {birth}로 두 번 저장
%%
사례 {#n}) 개명 고객: 개명 전 {name}, 개명 후 {b.name}, 주민등록번호 {rrn}
%%
사례 {#n}) 동명이인 {name} — 한 분은 {birth}생, 연락처 {phone}
%%
댓글(인라인): 이 고객 {name} 맞죠? 차량번호 {plate}
%% idle
목차: 1 성명  2 생년월일  3 연락처  4 주소
라벨: 개인정보, 품질, 이름
상위 페이지: 데이터 표준
댓글(인라인): 표현이 애매합니다
사례 {#n}) 이름이 공백인 경우
변경 이력 v{#version} {#day}
부서별 연락처: 여신 {#tel}, 수신 {#tel}
""", records=24),
)  # fmt: skip
