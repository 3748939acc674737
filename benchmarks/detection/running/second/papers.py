"""More running text to learn from: Korean courts, schools, hospitals, insurers, agents, hotels and counters."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("court papers", "kr", "txt", """
지 급 명 령 신 청 서
%%
채 권 자  새벽저축은행 주식회사 (법인등록번호 {#corporate})
채 무 자  {name} ({rrn})
          {address}
청구금액  금 {#amount}원

%%
원    고   {name}
           {address}
피    고   {b.name}
           {b.address}
사    건   2025가소{#n}312 대여금

%%
1. 피고 {name}{~은} 원고에게 금 {#amount}원을 지급하라.
%%
2. 신청인 {name}(주민등록번호 {rrn}, 송달장소 {address}, 전화 {phone})
%%
소송대리인 변호사 {name}, 팩스 {phone}
%%
상기인 {name}은 {#day} 금원을 차용하고도 변제하지 아니하였다.
%% idle
채권자는 다음과 같이 신청합니다.
소장 부본 송달 다음날부터 다 갚는 날까지 연 12%의 비율
피고는 답변서를 30일 이내에 제출하여야 한다.
원고와 피고 사이의 약정은 유효하다.
갑 제{#n}호증 차용증
서울중앙지방법원 귀중
당사자의 성명·주소 및 연락처는 판결문에서 생략한다.
""", records=20),
    Kind("official letters", "kr", "txt", """
새벽구청장
%%
수신자  {name} 귀하 (우 {#zip} {address})
제  목  과태료 부과 사전통지
위 사람은 {#day} 주정차 위반 차량({plate})의 소유자로 확인됨.

%%
성명(상호) : {name}
주민(법인)등록번호 : {rrn}
주소 및 연락처 : {address} ({phone})
위반일시 : {#stamp}

%%
위 사람 {name}({birth}생)은 교육을 이수하였으므로 이 증을 수여함.
%%
신청인(성명) {name}, 대리인(성명) {b.name}, 대리인 전화번호 {b.phone}
%% idle
시행  총무과-{#n}21 ({#day})
담당  주무관   팀장   과장   전결
전자우편 {#mailbox} / 대표 {#tel} / 공개
위 사람은 기한 내 의견을 제출하지 아니한 경우 의견이 없는 것으로 본다.
붙임  고지서 1부.  끝.
성명(상호) 및 주소 및 연락처는 빠짐없이 기재
""", records=20),
    Kind("school forms", "kr", "txt", """
방과후학교 / 현장체험학습 신청 취합
%%
3학년 {#n}반 {name} (보호자 {b.name}, 보호자 연락처 {b.phone})
%%
학생 이름: {name}   생일: {birth}
학부모 성함: {b.name}   비상 연락망: {b.phone}
알레르기: 없음

%%
전학생 {name}({birth}생) 주소지 {address}
%%
스쿨뱅킹 계좌 {bankname} {account} 예금주(학부모) {name}
%% idle
학년 반 번호 이름을 적어 담임선생님께 제출
담임 선생님 상담 기간 {#day}부터
급식 알레르기 번호: 1난류 2우유 5대두
이름표를 꼭 달아 주세요
교무실 {#tel}
우리 학교 밴드 이름은 '푸른하늘'
""", records=20),
    Kind("hr file", "kr", "txt", """
인사 카드 발췌
%%
사번 {#n}04 / {name} / {birth} 생 / 입사 {#day} / HP {phone}
%%
지원자 {name} (영문 {name:comma})
  학력: 한빛대 경영 / 이메일 {email} / 거주지 {address}
  면접 결과: B+
%%
급여이체 계좌: {bank} {account} ({name})
%%
가족수당 신청 - 배우자 {name}({rrn}), 자녀 {b.name}({b.rrn})
%%
퇴사자 {name} 주임, 개인 메일 {email}, 개인 휴대폰 {phone}
%% idle
직급: 대리, 소속: 여신심사팀, 담당: 기획
채용 공고 {#ticket} 마감 {#day}
연차 잔여 {#n}일
지원자 성명은 블라인드 처리 후 배포
사내 동호회 이름 '산이 좋아'
경영지원본부 인사팀 내선 {#n}41
""", records=22),
    Kind("hospital notes", "kr", "txt", """
외래 기록 이관분
%%
환자명 {name}  M/{age}  생년월일 {birth}  차트 {#n}8812
%%
Pt. {name} (F/{age}), 보호자 {b.name} 확인함 T {b.phone}
CC: 복통 3일, {#day} 발생
%%
수진자 {name} / {rrn} / 건강검진 결과 우편 {address}
%%
예약자명: {name}님, 예약 {#day} {#time}, 전화 {phone}
%%
의뢰환자 {name}({birth}), 실손 청구 계좌 {bank} {account}
%% idle
환자명, 생년월일 이중 확인할 것
V/S 120/80-72-18-36.5
Imp) R/O acute gastritis
검체번호 {#order}
원무과 {#tel}, 3병동 간호사실 내선 {#n}
처방: 하나로캡슐 1T tid x {#n}일
보호자 설명함, 성명 서명 받음
""", records=22),
    Kind("incident statements", "kr", "txt", """
진 술 서 (금융사고 내부조사)
%%
문: 진술인의 인적사항을 말하시오.
답: 이름은 {name}, 주민등록번호는 {rrn}, 주거는 {address}, 연락처는 {phone}입니다.
%%
피해자 {name}({birth}생, 무직)는 {#day} {#time}경 보이스피싱범에게 속아
{bankname} {account} 명의인 {b.name}의 계좌로 {#amount}원을 이체하였음
%%
용의자는 자신을 검사라 소개하며 {phone}{~으로} 전화함
%%
목격자 {name}(남, {age}세, {phone})의 진술에 의하면 차량은 {plate}였음
%%
신고자: {name} / 신고자 주소: {address}
%% idle
문: 피해 금액은 얼마인가요.
답: {#amount}원 정도 됩니다.
진술인의 성명과 직업을 고지하고 진술거부권을 설명함
사건번호 2026-{#n}0931
위 진술서를 열람하게 한바 사실과 다름없다고 함
피의자는 이름을 모른다고 진술함
""", records=20),
    Kind("real estate", "kr", "txt", """
중개 장부
%%
임대인 {name} {phone} / 임차인 {b.name} {b.phone} / 보 {#amount} 월 {#n}
%%
소재지: {address}
매도인: {name} ({rrn})
매수인: {b.name} ({b.rrn})
잔금일: {#day}

%%
집주인 {name} 사장님 {phone}, 월세는 {bank} {account}{~으로}
%%
등기명의인 {name}, 공유자 지분 2분의 1 {b.name}
%% idle
1985년 준공, 2011.03.12 리모델링
물건명 한강래미안 {#n}평 남향
임대인은 수리 의무가 있음
특약: 반려동물 불가
부동산 이름: 하은공인중개사
현관 비번은 방문 때 안내
중개보수 {#amount}원
""", records=22),
    Kind("insurance papers", "kr", "txt", """
보험금 청구 / 계약 조회
%%
계약자 {name}({birth}) 피보험자 {b.name}({b.birth}) 수익자 법정상속인
%%
피보험자주민번호 {rrn} 피보험자성명 {name} 증권번호 {#order}
%%
청구인: {name} (피보험자와의 관계: 모)
수령계좌: {bankname} / {account} / {name}
휴대전화: {phone}
사고일: {#day}

%%
가해차량 {plate} 운전자 {name} 면허 {licence}
%%
모집인 이름 생략, 계약자 주소 {address}, 계약자 전화 {phone}
%% idle
만 19세 이상 70세 이하 가입 가능
담보: 상해입원일당, 가입금액 {#amount}원
수익자 변경은 피보험자 동의 필요
피보험자 성명 정정은 제적등본 첨부
증권번호 {#order} 실효
보상팀 {#tel}
상품명: 든든한 우리가족 보험
""", records=22),
    Kind("shipping memos", "kr", "txt", """
운송장 메모 출력
%%
[받는분] {name} {phone}
[주소] ({#zip}) {address}
[품목] 체크카드 1

%%
보내는이: {name} 보내는이연락처: {phone} 받는이: {b.name} 받는이연락처: {b.phone}
%%
{address} {name} 앞 / 배송메시지: 문 앞 / 안심번호 없음
%%
반송사유: 수취인({name}) 부재, 전화 {phone} 안 받음
%%
수출신고: CONSIGNEE {name:upper} / TEL {phone}
%% idle
[운송장] 6{#n}2-{#n}81-4410
경비실 보관, 파손주의
집화 {#day} {#time} 마포터미널
받는분 부재 시 경비실
[품목] 포도상자 {#n}호
바코드 {#barcode}
송장 0102-33{#n}-{#n}81 조회 안 됨
""", records=24),
    Kind("hotel bookings", "kr", "txt", """
예약 현황 - 새벽리조트
%%
투숙객명: {name} / Guest: {name:joined} / 연락처: {phone} / 2박 3일
%%
예약자 {name}, 동반 {b.name}, 조식 2
  차량 {plate}, 도착 {#time}
%%
외국인 투숙객 {name:upper} 여권 {passport} DOB {birth}
%%
노쇼 {name} ({phone}) 카드 {card} 로 위약금 청구
%%
체크인 명의 {name}, 영수증은 {email}
%% idle
객실명 하늘, 구름, 지우 각 1실
투숙객명 변경은 하루 전까지
룸서비스 내선 {#n}
확인번호 {#order}
환불규정: 7일 전 100%
단체명 하나투어 {#n}명
""", records=24),
    Kind("banking slips", "kr", "txt", """
이체확인증 묶음
%%
의뢰인명: {name}
출금계좌: {bankname} {account}
수취인명: {b.name}
입금계좌: {b.bankname} {b.account}
이체금액: {#amount}원

%%
{#day} {#time} {bank} {account} {name} {#amount} CMS
%%
받으시는분 {name:spaced} 님  {bankname} {account}
%%
무통장입금 / 입금인 {name} / 입금인 전화 {phone}
%%
수표 제시인 {name} (실명번호 {rrn})
%% idle
적요 급여  통장표시 새벽소프트
취급점 마포(0{#n}4)  텔러 1{#n}
잔액 {#amount}원
전표번호 110-{#n}0-48{#n}12
거래일련번호 {#order}
본 확인증은 참고용으로만 사용됩니다
의뢰인명 / 수취인명 / 금액
""", records=22),
    Kind("scanned lines", "kr", "txt", """
%%
성     명  {name}
생 년 월 일  {birth}
연 락 처 {phone}
주    소 {address}
접 수 일  {#day}

%%
신 청 인 {name}   ( 인 )
주민 등록 번호  {rrn}
전  화 : {phone}

%%
예 금 주 : {name}
계좌 번호 : {account}
은 행 명 : {bankname}

%% idle
개 인 정 보  수 집 동 의 서
성  명  및  주  소 를  정확히  기재
l. 본 신 청서는 2부 작 성 한 다
- {#n} / {#n} -
서 명 또 는  날 인
은행  사 용란
""", records=20, tongue="ocr"),
    Kind("copied web form", "kr", "txt", """
마이페이지 > 회원정보
%%
이름
{name}
닉네임
{nick}
휴대폰번호
{phone}
인증완료
생년월일
{birth}
마케팅 수신
동의
%%
수령인
{name}
배송지
{address}
연락처1
{phone}
연락처2
선택 입력
%%
환불은행
{bankname}
환불계좌
{account}
예금주
{name}
저장
취소
%% idle
비밀번호
비밀번호 변경하기
회원등급
VIP
가입일
{#day}
이름은 본인확인 후 바꿀 수 있습니다
""", records=14),
)  # fmt: skip
