"""Fresh running text: what staff and developers write."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("leaver notes", "kr", "md", """
# 퇴사 전 인수인계
%%
- {name} 고객 환불은 미완. {bankname} {account} 두 번 반려됨, 전화는 {phone}만 받으심
%%
- ⚠️ 상습 민원 {name}({phone}). 먼저 끊지 말 것
%%
- VIP {name} 사장님 생신 {birth}(양), 화분 보낼 곳 {address}
%%
- 닉 `{nick}` 검색하면 둘 나와요. 진짜는 CI `{ci}` 쪽
%%
- 출장비는 {name?} 과장 개인카드 {card}{~으로} 긁었으니 정산 챙겨주세요
%%
- 파트너 연락망: {name} 실장 {phone}, {b.name} 대리 {b.email}
%%
- FYI {name} 님 DOB {birth}, 예전 폰 {phone} 해지됨
%% idle
- 서버 비밀번호는 금고에
- 매달 {#day} 무렵 정산 배치 확인
- 고객명 검색은 초성도 됨
- {#product} 담당은 {#who} 님으로 변경
- 팩스 {#tel} (거의 안 씀)
- 주소록 파일은 공용 폴더로 옮김
""", records=20),
    Kind("wiki exceptions", "kr", "txt", """
h2. 예외 회원 (운영팀 위키)
%%
* {name} : 해외 체류. 여권 {passport} 로 본인확인, 메일 {email} 로만 연락
%%
* 외국인등록번호 {frn} 검증 실패 건. 이름은 {name:eastern}
%%
* 중복 DI {di} -> 본명 {name}, 별명 {nick}
%%
* 허용 IP {ip} ({name?} 책임 자택), 개인폰 단말 {device}
%%
* 개명 회원 {name} → {b.name} (생년월일 {b.birth}) 수기 반영
%%
* 대표자 {name} 사업자번호 {brn} 휴업 예외
%% idle
* 변경이력 v{#version} {#iso}
* 등록자 {#who}
* 이름 길이 제한 20자
* 생년월일 없는 회원은 미성년자로 봄
* 관련 이슈 {#ticket}
* 법인번호 {#corporate} 는 자사
* IP 대역은 보안팀 문의
""", records=20),
    Kind("incident timeline", "kr", "md", """
## 타인 정보 노출 장애 경과
%%
{#time} 최초 신고. 신고자 {name}, 콜백 {phone}. "남의 이름이 보여요"
%%
{#time} 화면에 {name} / {rrn} / {address} 가 뜬 것을 확인
%%
{#time} 이중출금 피해: {name} 님 {bank} {account}, {#amount}원
%%
{#time} 접속기록상 노출 당사자는 닉네임 {nick} 회원, 단말 {device}, 접속 {ip}
%%
{#time} 사과 통화 마친 고객 ▶ {name}, {b.name}, {c.name}
%%
{#time} {name} 님 메일({email})로 소명서 발송
%% idle
{#time} 서버 재기동, 오류율 {#n}%
{#time} 캐시 키에 회원번호 빠진 것이 원인
{#time} {#who} 님 합류
{#time} 롤백 {#commit}
{#time} 고객센터 {#tel} 안내멘트 교체
{#time} 신고 누계 {#n}건
""", records=20),
    Kind("commit log", "kr", "txt", """
%%
{#commit} {name:western?} <{email?}> fix: {b.name} 고객({b.phone}) 중복 가입 막음
%%
{#commit} 테스트에 실고객 주민번호 {rrn} ({name}) 박혀 있던 것 삭제
%%
{#commit} 닉네임 "{nick}" 저장 안 되던 버그
%%
{#commit} hotfix: {name} 님 계좌 {account} 잠금 수동 해제
%%
{#commit} 배송지 "{address}" 파싱 실패 (고객 {name} 제보)
%%
{#commit} 생일쿠폰 윤년 처리. {name} 회원 {birth}생이라 못 받음
%% idle
{#commit} Merge branch 'release/{#version}'
  refs {#ticket}
{#commit} 이름 컬럼 길이 50 -> 100
{#commit} chore: 전화번호 정규식 정리
Date:   {#stamp} +0900
{#commit} 오타 수정
""", records=18),
    Kind("code comments", "kr", "java", """
// 회원 이관 배치
%%
    // {#day} {name} 고객 민원. 생년월일이 {birth}인데 null 로 들어옴
%%
    /* 은행 응답: 예금주 {name}, 계좌 {account:joined}, 정상 */
%%
    // FIXME 면허 {licence} (성명 {name}) 진위확인이 늘 실패
%%
    // 예) 고객 집주소 "{address}" 처럼 번지가 붙으면 잘림
%%
    // 카드주 {name:upper}, {card:joined} 이 카드는 BIN 표에 없음
%%
    // 임시: 해지한 {name} 씨가 {phone} 이 번호로 오는 문자 막아달라 함. 지우지 말 것
%% idle
    String userName = row.get("이름");
    if (phone == null) return; // 전화번호 없음
    // TODO 주소 정제 라이브러리 교체 {#ticket}
    log.info("생년월일 변환 완료");
    int limit = {#n};
    // 상품명: {#product}
""", records=20),
    Kind("slack paste", "kr", "txt", """
#고객이관-긴급
%%
[{#time}] {#who} : 혹시 {name} 고객님 {phone} 으로 문자 나갔나요 :pray:
%%
[{#time}] {#who} : 이분이요 `{name}` `{birth}` `{email}`
%%
[{#time}] {#who} : "환불해 주세요 예금주 {name} {bank} {account}" ← 이거 처리한 사람?
%%
[{#time}] {#who} : 차단 요청 닉 {nick}, 같은 기기로 {b.nick} 도 만듦
%%
[{#time}] {#who} : 신분증 이름 {name} 주번 {rrn} 인데 앱에는 {b.name}{~으로} 돼있음;;
%%
[{#time}] {#who} : 아까 그분 차 {plate}, 차주 {name}, 주소는 {address} 래요
%% idle
:eyes: {#n}
[{#time}] {#who} : 넵
이름 가리고 올려주세요!!
스레드 댓글 {#n}개
점심 은하분식 {#time}
@channel {#product} 배포 {#version}
""", records=18),
    Kind("ticket comments", "kr", "txt", """
{#ticket} 마스킹 누락
%%
재현 계정 - 닉네임 {nick}, 가입 휴대폰 {phone}
%%
(기대) 별표 처리 (실제) {rrn} 그대로. 회원명 {name}
%%
첨부 화면의 카드번호 {card} 는 {name} 고객 것이니 삭제 바랍니다
%%
출금 지갑 {wallet}, 신청인 {name}, 접속 IP {ip}
%%
고객 회신: "제 이름은 {name:spaced}, 메일은 {email:square} 입니다"
%%
차량 등록 오류. 번호 {plate}, 소유자 {name}, 소유자 생년월일 {birth}
%% idle
상태 변경: 열림 → 진행 중
담당자를 {#who} 님으로 변경
카드번호 표시 규칙은 앞 6자리
중복: {#ticket}
수정 버전 {#version}
재현 안 됩니다. 계정 정보 주세요
""", records=22),
    Kind("sql in chat", "kr", "txt", """
DBA 요청방
%%
{name} 님 번호 바꿔달래요
UPDATE member SET hp='{phone:joined}' WHERE mbr_nm='{name}' AND birth_dt='{birth:eight}';
%%
이것도요: select * from tb_acct where acct_no='{account:joined}' -- 예금주 {name} ({bank})
%%
delete from push_token where device_id='{device}'; << {name} 씨 옛날 폰이라 지워도 됨
%%
insert into blacklist(ci, memo) values('{ci}', '{name} 사기 신고');
%%
where email='{email:plain}' 하면 한 건, nickname='{nick}' 하면 두 건 나와요
%%
주소가 깨졌어요 → UPDATE delivery SET addr='{address:plain}' WHERE rcv_nm='{name}'; 부탁
%%
hp in ('{phone:dashes}','{b.phone:hyphens}') 이 두 분이요, 순서대로 {name} 님 {b.name} 님
%% idle
select count(*) from member where mbr_nm is null; -- {#n}건
그거 운영 말고 스테이징에서요
alter table member add column nickname varchar(40);
실행했습니다 {#time}
commit 하셨어요??
where ord_no='{#order}'
""", records=20),
    Kind("test plan", "kr", "md", """
# 본인확인 테스트 (실고객 동의분)
%%
TC{#n}. {name} / {rrn} / {phone} 입력하면 통과
%%
TC{#n}. 전제: 고객 {name}, 생년월일 {birth} 계정으로 로그인
%%
TC{#n}. 결제카드 {card}, 명의 {name:joined}, 한도 {#amount}원
%%
TC{#n}. 운전면허 {licence} + 성명 {name} → 진위 OK
%%
TC{#n}. 기본배송지 "{address}" (주문자 {name}) 수정 불가 확인
%%
TC{#n}. 사업자 {brn}, 대표 {name}, 대표 메일 {email}
%% idle
TC{#n}. 이름을 비우면 "성명을 입력하세요"
TC{#n}. 휴대폰 자리수 부족 → 오류
기대결과: 인증번호 6자리
수행일 {#iso}, 수행자 {#who}
환경: 앱 {#version}
계좌 1원 인증은 범위 제외
""", records=22),
    Kind("mail thread", "kr", "txt", """
제목: RE: RE: FW: 환불 언제 되나요
%%
> {#day} {#time}, {name} <{email}> 님이 작성:
>> 지난주 문의드린 {name}입니다. 전화는 {phone} 입니다.
%%
> 받으실 분 {name}, {bankname} {account} 맞는지요?
%%
보낸사람: {name:western} <{email}>
받는사람: {#mailbox}
%%
>> 배송은 {address} 로 해 주십시오. {name} 배상
%%
{name} 올림 | H.P {phone}
자택 {address}
%%
> 신청인 {name}({birth}생) 본인이 아니라 배우자 {b.name} 님이 회신하신 건입니다
%% idle
담당 부서에서 확인 중입니다.
> 주문번호 {#order}
참조: {#mailbox}
본 메일은 발신전용입니다
고객지원 T. {#tel}
> 성함과 연락처를 적어 보내 주세요
""", records=18),
    Kind("committee minutes", "kr", "txt", """
피해보상심의 회의록
%%
가. 신청인 {name}({birth}생)의 청구액 {#amount}원은 전액 인정
%%
나. 신고인 {name} 재통화할 것 (☏{phone})
%%
다. 보상금 수령계좌 : {name}, {bank}, {account}
%%
라. {name?} 위원 발언 - "민원인 {b.name} 씨 집({b.address})에 직접 가 봤다"
%%
마. 대질: {name} 대 {b.name}, 후자의 주민번호 {b.rrn} 확인함
%%
바. 결과 통지는 {name} 님 이메일({email})로 갈음
%% idle
1. 일시 {#day} {#time}
2. 장소 4층 한별회의실
위원장 {#who}: 이의 없으십니까
신청인 성명은 의결서에서 가릴 것
차기 회의 {#day}
정족수 {#n}명 중 {#n}명
""", records=20),
    Kind("shift log", "kr", "txt", """
새벽터미널 당직일지
%%
[야] {#time} 취객 {name}, 지갑 속 주민증 {rrn}. 처 {b.name} ({b.phone}) 오셔서 인계
%%
[주] {#time} 습득 가방. 명함에 {name}, HP {phone}, {email}
%%
[야] {#time} {plate} 이중주차, 차주 {name} 통화됨 {phone}
%%
[주] {#time} 119 이송 1명 - {name}, {birth}생, 사는 곳 {address}
%%
[야] {#time} 외국인 승객 {name:eastern} 여권({passport}) 분실신고
%%
[주] {#time} 유실물 찾아감. 수령자 {name} / 면허 {licence}
%% idle
[야] {#time} 순찰 이상무
[주] {#time} 방송장비 점검
[야] 인수자 {#who}
[주] 분실물 성명 미상 {#n}점
[야] 순찰차 연료 {#amount}원
[주] {#time} 전화 먹통, {#tel} 로 고장접수
""", records=20),
    Kind("scanned papers", "kr", "txt", """
%%
주민등록증
{name}
{rrn:dash}
{address}
%%
자동차운전면허증 {licence:dashes}
{name}
{rrn:dash}
%%
대한민국 여권 PASSPORT
여권번호 {passport}
한글성명
{name}
생년월일/Date of birth {birth}
%%
외국인등록증
등록번호 {frn:dash}
성명 {name:upper}
%%
통장 사본
예금주 {name} 님
계좌번호 {account:dashes}
%%
사업자등록증
등록번호 : {brn:dashes}
성 명(대표자) : {name}
생 년 월 일 : {birth}
사업장 소재지 : {address}
%%
(명함) {name} 과장
M {phone}
E {email}
%% idle
-------- 다음 장 --------
서울특별시장
인식률 {#n}%
발급일 {#day}
성명 한글로 기재
[판독불가]
제출서류 목록
주소변동사항 (뒷면)
""", records=18),
    Kind("text message order", "kr", "txt", """
문자 발송 요청서
%%
{#time} 발송 대상: {name}님 {phone}, {b.name}님 {b.phone}, 그리고 {c.name}님은 번호가 바뀌어 {c.phone} 입니다.
%%
수신거부 {phone} ({name}) 반드시 제외!
%%
이번 주 생일자 {name}({birth}), {b.name}({b.birth})
%%
치환값 → [고객명]={name} [가상계좌]={account} [은행]={bank}
%%
알림톡 실패분 재전송. 성함 {name:spaced}, 수신번호 {phone}
%%
당첨자 {name}님 경품은 {address} 로 나갑니다
%%
엑셀에서 복붙) {name} {phone} / {b.name} {b.phone} / {c.name} {c.phone}
%% idle
본문: [고객명]님, {#product} 만기가 다가옵니다
발신번호 {#tel}
총 {#n}건, 단가 {#amount}원
야간 발송 금지
무료수신거부 문구 넣을 것
예약 {#day} {#time}
""", records=22),
    Kind("counter memo", "kr", "txt", """
새벽은행 행복동지점 창구메모
%%
{name} 본인 내점, 신분증 {rrn} 대조 필. 통장 {account} 재발행
%%
위임인 {name} / 대리인(子) {b.name}, 대리인 손전화 {b.phone}
%%
어르신 {name}({birth}생) 피싱 의심. 딸 {b.name} {b.phone} 통화 후 송금 중지
%%
환전 USD {#amount}, 여권 {passport}, {name:upper}
%%
오송금 반환 - 받은 분 {name}, {bankname} {account}
%%
직장 바뀜. {name} 님 청구지 {address}, 명세서는 {email}
%%
외국인 {name:eastern} 등록증 {frn} 체류기간 만료 임박
%% idle
시재 {#amount}원 맞음
{#product} 권유 {#n}건
도장 날인 빠짐 주의
통장 이월 {#n}권
본점 {#tel} 문의함
실명확인증표 보관 {#day}까지
""", records=22),
)  # fmt: skip
