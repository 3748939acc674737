"""Running text to judge by: what Korean offices write. Not to be read by who teaches the product."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("counselling diary", "kr", "txt", """
면담 일지
%%
{#day} ({#time}) 내방. 존함 여쭤보니 '{name}'{~이라}고 하심. 전번은 {phone}. 연세 만 {age}세({birth}).
내용: {#product} 중도해지 손실 설명.
%%
{#day} 본인 확인차 민증번호({rrn}) 대조, 가입자 {name:spaced} 일치.
후속: 서류 접수 {#n}부
%%
{#day} 배우자분이 대신 방문. 실제 가입자는 {name} 씨이며 손전화 {phone}, 댁은 {address} 쪽임
%%
{#day} 환불받을 통장번호 => {account} ({bank}, {name} 명의)
%% idle
{#day} 대기 고객 {#n}명, 평균 {#n}분
{#day} 존함을 끝내 밝히지 않으심
{#day} 통장 재발급 절차 문의가 많음 (안내문 배치)
{#day} 전번 바꾸는 메뉴 위치를 못 찾는 분 다수
{#day} 상품설명서 개정판({#version}) 비치
{#day} 출생신고 관련 이벤트 포스터 철거
""", records=20),
    Kind("voc weekly", "kr", "md", """
## 주간 VOC 정리 ({#day} ~ {#day})
%%
#{#n}. "앱에서 제 생일이 {birth}로 안 나와요" — 가입자명 {name}, 콜백번호 {phone}
%%
#{#n}. 불만 — `{email}` 사용자. 활동명 `{nick}` 변경 불가
   - 조치: {#ticket}
%%
#{#n}. 칭찬 — {name} 고객님께서 상담원 친절을 칭찬 (HP. {phone})
%%
#{#n}. 체크카드({card}) 해외결제 차단 문의 / 카드주 {name}
%% idle
#{#n}. "이름이 잘려 보여요" 외 {#n}건 (동일 원인)
#{#n}. 생일 쿠폰 미지급 문의 집계 {#n}건
#{#n}. {#product} 화면 글자가 작다
#{#n}. 활동명 중복 검사 느림 → {#version} 반영
#{#n}. 카드 디자인 투표 결과 공유
> 집계 기준일 {#iso}, 출처: 상담시스템
""", records=23),
    Kind("bug report", "kr", "md", """
# [버그] {#ticket} 실명확인 화면
%%
**재현 절차**
1. 본명 칸에 `{name}` 입력
2. 출생일 칸에 `{birth:eight}` 입력
3. 휴대전화 칸에 `{phone}` 입력 → '다음' 클릭
**기대**: 인증 화면 / **실제**: 흰 화면

%%
응답 본문에 연계정보(CI)가 그대로 보임 → {ci}
  발생 빌드 {#version}

%%
입력값: 주민번호=「{rrn}」, 가입자=「{name}」, 메일주소=「{email}」
결과: 오류코드 E{#n}

%%
디버그 출력
    중복가입확인정보(DI) : {di}
    단말기 식별자 : {device}
    클라이언트 IP : {ip}

%% idle
심각도: 보통 / 담당: 미정
본명 칸 placeholder가 '홍길동'으로 되어 있음 (의도된 것)
출생일 달력이 1900년부터 시작함
확인 결과 재현 안 됨 (빌드 {#version})
스크린샷 파일명: 이름칸_{#order}.png
관련 커밋 {#commit}, 요청 ID {#uuid}
"""),
    Kind("slack export", "kr", "txt", """
#ops-help  export {#iso}
%%
jay.k  {#time}
  고객 성함 {name}, 전번 {phone} 이분 인증 풀어주세요
%%
minho  {#time}
  {name?} / {phone} / {email} 등록 부탁
%%
sujin.p  {#time}
  :pushpin: 수취인 {name} → 보낼 곳 {address}
%%
bot-cs  {#time}
  [신규접수] 가입자=“{name}” 대화명=“{nick}” 회신메일=“{email}”
%%
minho  {#time}
  메일은 {email:spoken} 이라고 불러주셨어요 (가입자명 {name})
%% idle
jay.k  {#time}
  넵 처리했습니다 :+1:
bot-deploy  {#time}
  deployed member-api {#version} ({#commit})
sujin.p  {#time}
  이름 바꾸기 버튼 어디 갔어요?
minho  {#time}
  전번 마스킹 정책 문서 링크 주실 분
bot-cs  {#time}
  대기 {#n}건, 주문 {#order} 지연
""", records=28, tolerated=("PERSON", "NICKNAME")),
    Kind("daily operations", "kr", "txt", """
■ 운영 일지
%%
▶ {#time}  수기 처리 — 대상자: {name} | 콜백번호: {phone} | 사유: 인증 만료
%%
▶ {#time}  자동이체 계좌 변경: {name}, 기존 {account} → 신규 {b.account} ({b.bankname})
%%
▶ {#time}  명의인 {name}({birth}生) 휴면 해제, 알림 수신 {email}
%%
▶ {#time}  차량 {plate} 출입 등록 (차주 {name}, T. {phone})
%% idle
▶ {#time}  정산 배치 정상 종료 ({#n}분)
▶ {#time}  인증서 갱신, 만료 {#day}
▶ {#time}  대상자 추출 쿼리 튜닝
▶ {#time}  계좌 실명조회 API 점검 공지 게시
▶ {#time}  DB명 MEMBER01 백업 (파일명 member_{#order}.dmp)
▶ {#time}  콜센터({#tel}) 회선 증설
■ 특이사항: 차량 등록 메뉴 개편 예정
""", records=26),
    Kind("forwarded minutes", "kr", "txt", """
보낸사람: 경영지원팀
받는사람: 전사공지
제목: FW: FW: 회의 결과 공유 ({#day})

%%
  가. {name} 건(출생 {birth}, ☎ {phone})은 법무 검토 후 종결하기로 함
%%
  나. 피해 고객 두 분 — {name} 님({phone}), {b.name} 님({b.phone}) — 께 개별 사과문 발송
     기한 {#day}
%%
  다. 사은품 수령지: {name} 고객, ({#zip}) {address}
%%
  라. 명의 변경: 종전 가입자 {name}에서 새 가입자 {b.name}{~으로}, 새 가입자 폰번 {b.phone}
%% idle
  마. 출생연도 통계는 다음 회의에서
  바. 예산 {#amount}원 증액, 결재 {#day}
  사. 참석 {#n}명, 장소 본사 7층
  아. 가입자 이름 표기 지침({#version}) 배포
  자. 고객 사과문 문안 확정
  차. 주소록 시스템 교체 보류
%% foot

본 메일은 발신 전용입니다. 문의 {#mailbox} / {#tel}
"""),
    Kind("legal opinion", "kr", "txt", """
법무 검토 의견서 ({#ticket})
%%
사실관계
신청인 {name}{~은} {birth}에 출생한 자로서 현재 {address}에 거주하고 있다.
신청인은 {#day} 당사 {#product} 계약을 체결하였다.

%%
피신청인 {name}(주민등록번호 {rrn}, 전화 {phone})의 주장은 이유 없다.
근거: 약관 제{#n}조

%%
상속인으로는 배우자 {name}({birth}생)과 자녀 {b.name}({b.birth}생)이 있고, 상속 예금은 {bankname} {account}에 있다.
분할 협의일은 {#day}이다.

%% idle
결론: 청구 기각이 상당하다.
'성명'의 정정은 가족관계등록부에 따른다.
판례(2024다{#n}) 참조.
계약 체결일 {#day}, 효력 발생일 {#day}
주소 보정 명령의 기한은 7일이다.
"""),
    Kind("phone slips", "kr", "txt", """
%%
[전화메모] To. 운영팀 / From. {name} 님 / Tel. {phone} / {#time} 다시 전화 요망
%%
[전화메모] {#time}  {name:spaced} 고객님. 전화번호 {phone}. "카드 배송지 {address} 맞는지 확인해 달라"
%%
[전화메모] {#time}  성함: {name}  ☎: {phone}  ✉: {email:square}
%%
[전화메모] {#time}  생신이 {birth:short}이라는 {name} 어르신, 사은품 문의
%% idle
[전화메모] {#time}  잘못 걸린 전화
[전화메모] {#time}  납품업체(새벽상사) 견적 {#amount}원
[전화메모] {#time}  성함·연락처 안 남기심
[전화메모] {#time}  본점 대표번호 {#tel} 안내
[전화메모] {#time}  퀵 도착, 송장 {#order}
""", records=31),
    Kind("migration runbook", "kr", "sql", """
/*
 * 이관 런북 {#version}  ({#iso})
 */
%%
-- [검증샘플] 가입자명→{name}, 전화→{phone}, 출생→{birth}
SELECT 1;
%%
-- 예외 1건: 명의인 '{name}', 통장번호 '{account}' 수동 이관
INSERT INTO mig_skip(reason) VALUES ('수동');
%%
# 외국인등록번호 {frn} / 여권 no. {passport} 은 암호화 컬럼으로
%%
-- 확인 요청자 {name}<{email}>
%% idle
-- 이름 컬럼 collation 변경
CREATE INDEX ix_phone ON tb_member(phone); -- 전화
-- 소요 {#n}분, 시작 {#stamp}
-- 출생 컬럼은 CHAR(8)
UPDATE tb_code SET name = '가입자' WHERE code = '{#n}';
-- 통장번호 길이 초과 건 없음
""", records=23),
    Kind("unit test remarks", "kr", "py", """
\"\"\"회원 도메인 단위 테스트. 이름, 전화 등은 운영에서 복사함.\"\"\"
%%
# 케이스: {name} 고객, 핸드폰 {phone}, 카드 {card}
def test_case_{#commit}(): ...
%%
# 실제 데이터 -> 이름은 "{name}", 주민번호는 "{rrn}", 메일은 "{email}"
EXPECTED = {#n}
%%
# 면허 번호 {licence} (소지자: {name}) 로 실패했던 건
%%
# 대화명이 "{nick}"인 회원의 지갑주소 {wallet}
%% idle
assert member.name is not None  # 이름 필수
# 전화 인증은 모의 객체로 대체
# given: 이름이 빈 문자열
VERSION = "{#version}"
# 카드 등록 후 삭제
FIXTURE = "고객_{#order}.json"
"""),
    Kind("config remarks", "kr", "yaml", """
# 새벽 게이트웨이 설정
%%
# {#iso} 긴급 허용: {name} 고객 집 IP {ip}, 연락 {phone}
allow_{#commit}: true
%%
# 알림 받는 사람: {name} ({email})
%%
# 차단 해제 요청 — 가입자 {name}, 출생일 {birth}, 티켓 {#ticket}
unblock_{#commit}: {#n}
%% idle
service_name: 하나패스
display_name: 회원 이름
# 전화 인증 timeout
timeout: {#n}
contact_page: /help/contact
release: {#version}
# 담당 조직: 플랫폼본부
"""),
    Kind("retrospective", "kr", "md", """
# 회고: 이중 출금 ({#day})

### 무슨 일이 있었나
%%
{#time}에 {name} 고객님이 처음 신고하셨다(신고 번호 {phone}). {bank} 통장 {account}에서 {#amount}원이 두 번 빠졌다.

%%
두 번째 신고자는 {name} 님. 문의 메일은 {email}. 결제카드는 {card}였다.

%%
`{ip}` 에서 접속한 가입자(본명 {name}, 대화명 {nick})는 환불을 거절당했다.

%% idle
모니터링이 {#n}분 늦었다.
이름을 로그에 남기지 않기로 했다.
다음번에는 통장 조회 API를 먼저 막는다.
배포 {#version}({#commit})이 직접 원인이다.
좋았던 점: 전화 대응이 빨랐다.
"""),
    Kind("event roster", "kr", "txt", """
사내·고객 행사 안내 ({#day})
%%
<참가자> 이름 | 생일 | 폰
{name} | {birth:slashes} | {phone}
{b.name} | {b.birth:slashes} | {b.phone}
{c.name} | {c.birth:slashes} | {c.phone}

%%
① {name} (☎{phone}, 차번호 {plate})
② {b.name} (☎{b.phone}, 차번호 {b.plate})
③ 현장 접수 {#n}명

%%
당첨자 이름 – 폰번 – 받으실 곳
{name} – {phone:dashes} – {address}
{b.name} – {b.phone:dashes} – {b.address}

%% idle
집결 {#time}, 본사 정문
기념품: {#product} 머그컵
순서 | 프로그램 | 시간
1 | 개회 | {#time}
2 | 시상 | {#time}
이름표는 현장에서 배부
""", records=11),
)  # fmt: skip
