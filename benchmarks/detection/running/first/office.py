"""Running text to learn from: what Korean offices write to each other and leave beside their code."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("call notes", "kr", "txt", """
상담 이력 ({#day})  담당 상담원 {#who}
%%
[{#time}] 인입. 성함 {name}, 연락처 {phone}, 생년월일 {birth} 확인. {#product} 해지 문의.
  → 본인 확인 후 안내 완료
%%
[{#time}] {name} 고객님 전화. 등록된 번호({phone})로 인증 안 됨. 주민번호 {rrn} 대조 후 재등록함
%%
[{#time}] 고객 {name}님, 카드 {card} 분실신고. 회신은 {phone}{~으로} 요청하심
%%
[{#time}] 계좌 {bank} {account} (예금주 {name}) 이체 오류 건. 2차 통화 예정
  처리: 접수번호 {#order}
%% idle
[{#time}] 무언 통화, 끊김
[{#time}] 성함 안 알려주심. 생년월일 확인 거부 → 상담 종료
[{#time}] 이름 변경 기능은 다음 주 배포라고 안내함
[{#time}] 대표번호 {#tel}{~으로} 재문의 유도
[{#time}] 주소 검색 오류 문의 3건, {#ticket}{~으로} 이관
[{#time}] {#product} 금리 문의, {#n}개월 기준 설명
[{#time}] 계좌 개설 안내 (비대면), 신분증 필요하다고 말씀드림
"""),
    Kind("handover memo", "kr", "md", """
# 인수인계 ({#who} → {#who})

작성 {#day}, 운영2팀
%%
- 미결: {name}님({phone}) 환불 {#amount}원. 계좌는 {bank} {account}
%%
- **{name}** 고객 — 생일 {birth:korean}, 전화 {phone}. 콜백을 세 번 했는데 부재중
  - 메일 주소는 {email}
%%
- CI 중복 건. 이름 {name}, CI {ci}
  - 원인은 {#ticket} 참고
%%
- 주소 이전 요청: {name} / {phone} / {address}
%% idle
- 매일 {#time} 배치 확인 (job 이름 nightly_settle)
- 배포는 {#day}, 버전 {#version}
- 서비스명 하나패스, 저장소 이름 pay-gateway
- 연락처 엑셀 양식은 공유 폴더에 있음 (파일명 고객정보_양식.xlsx)
- 성명 컬럼 길이 20 → 40 변경 검토
- 계정 잠금 해제는 {#mailbox}{~으로} 요청
- 팀명 개발1팀, 프로젝트 이름 새벽
"""),
    Kind("minutes", "kr", "txt", """
민원 대응 회의록
일시: {#day} {#time}
참석: 개발1팀, 운영팀, 준법감시팀
%%
○ {name}({birth:six}생, {phone}) 건 — 오류 로그 확인 완료, {#day}까지 회신
%%
○ {name}(여, {birth}생, {phone}), {b.name}(남, {b.birth}생, {b.phone}) 두 명은 동일 세대로 확인
  조치: 세대 병합 {#ticket}
%%
○ 민원인 {name}(만 {age}세, {address} 거주)의 요구 사항 검토
%%
○ 명의 도용 의심: {name}({rrn}), 신고 전화 {phone}
%% idle
○ 안건 {#n}: 생년월일 입력란이 안 보이는 현상 (iOS)
○ 주민등록번호 수집 근거 정비, {#day} 시행
○ 다음 회의 {#day} {#time}, 회의실 이름 한라
○ 휴대폰 인증 화면 개편 — 디자인팀(김팀장) 검토
○ 성명, 생년월일, 연락처 항목의 보유 기간 5년 유지
○ 예산 {#amount}원 집행, 계약일 {#day}
"""),
    Kind("incident report", "kr", "txt", """
[장애 보고서] {#ticket}
발생 일시: {#stamp} / 영향: 간편이체
1. 영향 고객
%%
 - {name} 고객: {bankname} {account} 계좌에서 {#amount}원 중복 출금. 연락처 {phone}
%%
 - 고객명 {name}, 휴대폰번호 {phone}, 이메일 {email} (환불 완료)
%%
 - 접속 IP {ip}, 기기 ID {device} 로 로그인한 {name} 고객의 세션이 만료되지 않음
%%
 - 카드번호 {card} 승인 2회 (명의자 {name})
%% idle
 - {#stamp} 모니터링 알람 발생 (임계치 {#n}건)
 - {#time} 롤백 시작, 버전 {#version}{~으로} 복귀
 - 원인: 계좌번호 파싱 로직의 null 처리 누락
 - 재발 방지: 전화번호 형식 검사 추가 ({#ticket})
 - 서버 10.20.3.{#n}, 커밋 {#commit}
 - 고객명 마스킹 여부 점검 필요
 - 공지 문구: "카드번호 입력이 되지 않을 수 있습니다"
"""),
    Kind("quoted mail", "kr", "eml", """
From: {#mailbox}
Subject: Re: Fw: [{#ticket}] customer request
Date: Mon, 12 Jan 2026 09:12:44 +0900
Content-Type: text/plain; charset=utf-8

안녕하세요, 새벽소프트 운영팀입니다.
%%
> 고객 성명은 {name}이고 연락처는 {phone}입니다.
> 확인 부탁드립니다.

%%
>> 이름: {name}
>> 전화: {phone}
>> 메일: {email}
>> 문의: {#product} 가입이 안 됩니다.

%%
{name} 고객님의 생년월일은 {birth}, 등록 주소는 {address}{~으로} 확인됩니다.

%%
-----원본 메시지-----
보낸 사람: {name} <{email}>
제목: 계좌 변경 요청
계좌를 {bank} {account}{~으로} 바꿔 주세요.

%% idle
> 지난번 안내드린 {#product} 약관은 {#day}부터 적용됩니다.
> 이름 칸이 비어 있으면 저장되지 않습니다.
첨부: 주소_변경_매뉴얼_v{#version}.pdf
확인 후 회신드리겠습니다. 감사합니다.
>> 접수번호는 {#order} 입니다.
> 문의 전화 {#tel} (평일 09:00-18:00)
%% foot
--
새벽소프트 운영팀 | {#mailbox} | 대표전화 {#tel}
"""),
    Kind("team chat", "kr", "txt", """
--------------- 2026년 3월 4일 수요일 ---------------
%%
[수진] [오후 2:13] {name?}님 번호 {phone} 맞나요
%%
[운영 민호] [오후 2:20] 주민번호 {rrn} 조회하면 두 명 나와요
%%
[수진] [오후 3:01] 고객 이름은 {name}이고요 폰은 {phone}, 메일 {email} 이요
%%
[dev_jay] [오후 3:15] 닉네임 {nick} 유저가 못 들어온대요
%%
[운영 민호] [오후 4:44] 입금은 {bank} {account} {name?} 앞으로요
%%
[수진] [오후 5:02] 배송지 {address} 로 바꿔달래요
%% idle
[dev_jay] [오후 2:15] ㅇㅇ 확인해볼게요
[dev_jay] [오후 2:31] 닉네임 필터는 다음 스프린트에 넣을게요
[수진] [오후 3:40] 주문번호 {#order} 이거 취소됐나요?
[운영 민호] [오후 4:02] {#version} 배포 완료
[수진] [오후 4:10] 주소 API 느린 건 {#ticket} 에 적어뒀어요
[dev_jay] [오후 5:30] 이름이 null이면 500 떨어지네요 ㅠㅠ
[수진] [오후 5:41] 회의 {#time} 맞죠
""", records=28, tolerated=("PERSON", "NICKNAME")),
    Kind("ticket comments", "kr", "md", """
## {#ticket} 본인확인 실패
%%
**{#who}** 님이 댓글을 남겼습니다 ({#stamp})
> 고객이 보내준 정보: {name} / {birth} / {phone}

%%
재현 계정: 닉네임={nick}, 이메일={email}
DI값={di}

%%
신분증 사본 받음. 면허번호 {licence}, 성명 {name}, 주소 {address}

%%
여권번호 {passport} ({name:upper}) 으로 다시 시도했으나 동일
로그: request_id {#uuid}

%% idle
상태 변경: 열림 → 진행 중
담당자 필드가 비어 있습니다.
첨부 파일 이름: screenshot_{#order}.png
라벨 추가: `이름`, `생년월일`, `긴급`
수정 커밋 {#commit}, 릴리스 {#version}
QA: 생년월일 8자리/6자리 모두 통과 확인
전화번호 마스킹 규칙은 위키 참고
"""),
    Kind("crm memo", "kr", "txt", """
CRM 메모 추출 ({#day} 기준)
%%
VIP / {name} / {phone} / {birth}생 / 배우자 명의로 {#product} 추가 희망
%%
{name}(인) 서류 보완 요청. 연락 가능 번호: {phone}, 자택: {address}
%%
고객명:{name};휴대폰:{phone};메모:{#day} 방문 예약
%%
이름이 {name}인 고객, 생년월일이 {birth}인 것으로 확인. 동명이인 있으니 주의
%%
법인 아님. 사업자등록번호 {brn}, 대표 {name}, 정산 계좌 {bank} {account}
%% idle
(메모 없음)
생일 쿠폰 발송 대상 조회 조건 변경
연락처 미기재 / 성명 기재 요망
법인등록번호 {#corporate}, 상호 (주)새벽소프트
상품: {#product}, 모집 점포: 강남지점
고객 등급 재산정 {#day}, 점수 {#n}
"""),
    Kind("test notes", "kr", "txt", """
테스트 노트 - 검증계 {#version}
%%
테스트 계정: {email} / 이름 {name} / 폰 {phone}
%%
테스트 주민번호 {rrn}, 성명 {name}
  기대 결과: 가입 완료
%%
카드 {card}로 결제 → 승인됨. 취소도 정상
%%
본인확인 응답 CI={ci}
  이름={name}, 생일={birth}
%%
외국인 케이스: 외국인등록번호 {frn}, 영문명 {name:upper}
%% idle
- 이름에 특수문자 입력 시 "이름을 확인하세요" 노출
- 전화번호 11자리 초과 입력 불가
- 바코드 {#barcode} 스캔 정상
- 주소 자동완성 응답 {#n}ms
- 생년월일 달력 UI 깨짐 (갤럭시)
- 승인번호 {#order}
- 단말 버전 {#version}, 빌드일 {#day}
"""),
    Kind("commit messages", "kr", "txt", """
%%
commit {#commit}
    fix: {name} 고객({phone}) 로그인 실패 수정

%%
commit {#commit}
    data: 이메일 {email} 중복 행 삭제

    요청자 성명: {name}, 생년월일: {birth}

%%
commit {#commit}
    hotfix: 계좌번호 {account} 이체 한도 예외 처리
    관련 티켓 {#ticket}

%%
commit {#commit}
    test: 주민등록번호 {rrn} 케이스 추가

%% idle
    refactor: 이름 컬럼을 name → full_name 으로 변경
    chore: 버전 {#version}
    feat: 주소 검색 모달, 계좌 개설 안내 문구
    Merge branch 'feature/{#ticket}' into develop
    Date:   {#stamp} +0900
    docs: 연락처 필드 설명 추가
"""),
    Kind("code comments", "kr", "java", """
package kr.saebyeok.member;

// 이름, 전화번호, 주소를 검증한다
public class MemberValidator {
%%
    // TODO {#who}: {name} 고객({phone}) 건 때문에 임시로 열어둠
%%
    // 예) 성명 {name}, 생년월일 {birth}, 휴대폰 {phone}
    private static final int RETRY = {#n};
%%
    /* 문의 메일: {email}, 운전면허 {licence} 인 사용자에서 NPE */
%%
    // CI: {ci}
    // 위 값은 {#ticket} 에서 가져옴
%% idle
    String customerName = request.getParameter("name"); // 이름
    // 주소는 도로명만 허용
    // 계좌번호가 없으면 예외
    // @since {#version} ({#day})
    log.info("전화번호 형식 오류");
    // 파일명: 고객명단_{#order}.csv
%% foot
}
"""),
    Kind("sql comments", "kr", "sql", """
-- 고객 요청 데이터 보정 스크립트
%%
-- 요청자: {name} ({phone}), 접수 {#day}
UPDATE orders SET status = 'REFUND' WHERE order_no = '{#order}';
%%
/* 성명 {name} 주민번호 {rrn} 고객의 주소를
   {address} 로 변경 */
%%
-- 닉네임 '{nick}' 중복 건, 이메일 {email}
DELETE FROM tmp_lock WHERE ticket = '{#ticket}';
%%
-- 환불계좌: {bankname} {account}, 예금주: {name}
%% idle
SELECT COUNT(*) FROM customer WHERE name IS NULL; -- 이름 누락
-- 실행일 {#iso}, 실행자 dba01
ALTER TABLE customer ADD COLUMN birth_date DATE; -- 생년월일
COMMIT;
-- 주소 컬럼 인덱스 재생성
-- 전화번호 정규화는 {#version}에서 처리
"""),
    Kind("sheet memos", "kr", "csv", """
번호,구분,메모,처리일
%%
{#n},문의,"{name} 고객 {phone} 부재중. 생년월일 {birth} 확인됨",{#iso}
%%
{#n},변경,"새 주소는 {address}, 수령인은 {name}",{#iso}
%%
{#n},환불,"{bank} {account} {name} 앞으로 {#amount}원 송금",{#iso}
%%
{#n},인증,"CI 불일치. 기존 CI: {ci}",{#iso}
%% idle
{#n},공지,"이름/연락처 항목 필수로 변경",{#iso}
{#n},오류,"생년월일 입력란이 안 보임",{#iso}
{#n},상품,"{#product} 재고 문의",{#iso}
{#n},기타,"주문 {#order} 배송 지연",{#iso}
{#n},점검,"메일 발송 서버 교체 ({#version})",{#iso}
""", records=23),
    Kind("worded log", "kr", "log", """
%%
{#stamp} INFO  회원 가입 완료: 이름={name}, 휴대폰={phone}
%%
{#stamp} WARN  본인확인 불일치 (성명 {name}, 생년월일 {birth}, 통신사 SKT)
%%
{#stamp} ERROR 메일 발송 실패 - 수신자 {email}
%%
{#stamp} INFO  주소 변경 [{address}] 처리 완료
%%
{#stamp} DEBUG CI 조회 결과 {ci}
%%
{#stamp} INFO  접속 IP {ip} 단말 {device}
%% idle
{#stamp} INFO  배치 시작 job=이름정제
{#stamp} ERROR 이름 파라미터가 없습니다
{#stamp} INFO  거래번호 {#order} 승인
{#stamp} WARN  주소 API 지연 {#n}초
{#stamp} INFO  파일명=고객목록_{#order}.csv 생성
{#stamp} DEBUG trace {#uuid}
""", records=33),
)  # fmt: skip
