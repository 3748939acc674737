"""Running text to judge by: Korean papers, messages and lists as text. Not to be read by who teaches the product."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("accident statement", "kr", "txt", """
사고 경위서
%%
피보험자인 {name}({birth} 출생)은 {#day} {#time}경 차량번호 {plate} 승용차를 운전하던 중 접촉사고를 당하였습니다.
상대 운전자는 {b.name}(면허 번호 {b.licence}, 휴대전화 {b.phone})입니다.
보험금은 {bankname} {account}{~으로} 지급 요청합니다.

%%
작성자 성명: {name} / 작성자 주거지: {address} / 작성자 H.P: {phone}
위 사실이 틀림없음을 확인합니다.

%% idle
사고 장소: 강남대로 교차로 부근
접수번호 {#order}, 접수일 {#day}
수리비 견적 {#amount}원 (부품 {#n}점)
피보험자 서명란
보험 상품명 {#product}
""", records=15),
    Kind("certified letter", "kr", "txt", """
내 용 증 명
%%
발 신 인   {name}
           {address}
           전화 {phone}
수 신 인   새벽소프트 주식회사 대표이사
제    목   예탁금 반환 청구
본인은 {#day} 귀사에 {#amount}원을 예탁하였습니다.
반환 계좌는 {bankname} {account} (예금주 {name})입니다.

%%
발신: {name} ({rrn})
수신: {b.name} 귀하 / 우{#zip} {b.address}
위 수신인은 {#day}까지 대여금 {#amount}원을 변제하여 주시기 바랍니다.

%% idle
이 우편물은 등기 {#order}호로 발송하였음을 증명함
첨부 계약서 사본 1통
발신인의 성명과 주소는 봉투와 같아야 합니다
{#day}
새벽우체국장
""", records=15),
    Kind("certificates", "kr", "txt", """
증명서 발급 모음
%%
            거 래 확 인 서
 성      명  :  {name:spaced}
 생 년 월 일 :  {birth}
 주      소  :  {address}
 거래 시작일 :  {#day}
 용      도  :  제출용
위와 같이 거래하고 있음을 확인합니다.

%%
            재 직 증 명 서
 ▷ 인적사항 ─ {name} / {rrn}
 ▷ 입사일 ─ {#day}
 ▷ 직위 ─ 선임
위 사람은 당사에 재직하고 있음을 증명합니다.

%%
            예 금 잔 액 증 명
 예금주 귀하 ........ {name}
 통장번호 ........... {account}
 증명금액 ........... {#amount}원
 기준일 ............. {#day}

%% idle
발급번호 제{#order}호
원본 대조필
※ 성명은 주민등록상 이름과 같아야 합니다
새벽은행 강남지점장 (직인)
유효기간 {#day}까지
"""),
    Kind("reservation list", "kr", "txt", """
상담 예약 접수 현황
%%
{#time}~ {name}님 {phone} ({#product} 상담)
%%
{#time}~ 예약자 {name}, 동반 1인. 폰번 {phone}. 생일자({birth}) 케이크 준비
%%
{#time}~ 예약자명「{name}」 연락은 이메일로만 → {email}
%%
{#time}~ 방문상담. 가실 곳 {address}, 현관에서 {phone} 호출
%% idle
{#time}~ (예약 없음)
{#time}~ 점심
{#time}~ 회의실 이름: 백두, 수용 {#n}명
{#time}~ 예약자명 미입력 건 자동 취소
{#time}~ 시스템 점검 {#version}
{#time}~ 방문 주차 안내문 교체
""", records=31),
    Kind("survey answers", "kr", "txt", """
설문 응답 원문 ({#product} 만족도)
%%
Q1. 성함을 적어 주세요.
A. {name}
Q2. 태어난 날은?
A. {birth}
Q3. 경품 받을 휴대폰은?
A. {phone}
Q4. 만족도(1~5)
A. 4

%%
Q1. 경품을 받으실 분 이름과 주소
A. {name}, {address}
Q2. 개선할 점
A. 앱이 느려요

%%
Q5. 연락받을 메일 주소
A. {email}
Q6. 앱에서 쓰는 별명
A. {nick}
Q7. 가입 동기
A. 지인 추천

%% idle
(응답 거부)
Q9. 이름 표시 방식은 마음에 드십니까? A. 보통
응답 소요 {#n}초
수집일 {#iso}
""", records=20),
    Kind("goods receipts", "kr", "txt", """
물품 수령 확인
%%
수령자 {name}({phone})님이 {#product} {#n}개를 {#day} 수령함.
%%
☑ 받은 사람: {name}
☑ 받은 곳: {address}
☑ 받은 날: {#day}
☑ 물품: 보안카드 {#n}매

%%
대리 수령 — 원 수취인 {name}, 대리인 {b.name}(본인과의 관계: 가족, 전번 {b.phone})
송장 {#order}
%% idle
☐ 파손 없음
☐ 받은 사람 서명 누락
품목명 {#product}, 바코드 {#barcode}
반품 주소: 물류센터 3번 도크
입고일 {#day}
"""),
    Kind("account change fax", "kr", "txt", """
FAX 표지  수신: 새벽은행 수신업무부  매수 {#n}
%%
거래 정정 요청
  고객성명     {name}
  연 락 처     {phone}
  변경전 계좌  {account} ({bank})
  변경후 계좌  {b.account} ({b.bank})
  요청사유     급여이체 변경
  요청일자     {#day}

%%
카드 재발급 요청
  카드주     {name}
  영문명     {name:upper}
  카드넘버   {card}
  배송처     {address}
  발급수수료 {#amount}원

%%
해외송금 정정
  보내는분   {name:comma}
  여권       {passport}
  전화       {phone}
  통화       USD

%% idle
  요청사유     주소 오류
  처리상태     보류
  고객성명     (미기재)
본 팩스는 기밀입니다. 오수신 시 {#tel}
  문서번호     {#order}
"""),
    Kind("notification preview", "kr", "txt", """
알림톡 템플릿 미리보기
%%
[새벽페이] 송금 완료
{name}님이 {b.name}님께 {#amount}원을 보냈어요.
▶ 받는 계좌: {bank} {account}
▶ 일시: {#stamp}
수신번호: {phone}

%%
[새벽몰] 주문하신 상품이 출발했습니다.
- 받는분: {name}
- 연락처: {phone}
- 배송지: {address}
- 운송장: {#order}

%%
[새벽보험] 계약자 {name}님(생일 {birth}), 자동이체 안내드립니다.
납입일 {#day}

%% idle
[새벽페이] #{name}님, #{product}를 확인해 보세요 (변수 미치환)
템플릿 코드 TPL_{#n}, 버전 {#version}
버튼명: 배송조회 / 이름변경
검수 반려 사유: 받는분 변수 누락
발신프로필 @새벽페이, 고객센터 {#tel}
"""),
    Kind("direct messages", "kr", "txt", """
(인스타 DM 갈무리)
%%
guest_{#n}: 이벤트 당첨됐다고 해서요! 제 이름은 {name}, 번호는 {phone}요
saebyeok_official: 네 확인 후 연락드릴게요 :)
%%
guest_{#n}: 주소는 {address} 이에요~ 수취인은 {name}{~으로} 해주세요
%%
guest_{#n}: 계좌 {bank} {account} 입금 부탁드려용
%%
guest_{#n}: 메일 {email:spoken} 로 보내주세요, {birth:short}생 {name}입니다
%%
guest_{#n}: 닉은 {nick} 이고 가입 메일은 {email}
%% idle
saebyeok_official: 성함, 주소, 연락처 보내 주세요!
saebyeok_official: 발표일은 {#day}입니다
guest_{#n}: 이름 바꾸는 법 알려주세요
guest_{#n}: 언제 오나요ㅠㅠ 주문 {#order}
saebyeok_official: 고객센터 {#tel} 이용 부탁드려요
""", records=28, tolerated=("PERSON", "NICKNAME")),
    Kind("visitor permits", "kr", "txt", """
출입 신청 내역 - 데이터센터
%%
방문객: {name} 과장 / 소속: 한빛시스템 / C.P {phone} / 차번호 {plate}
%%
방문객 {name}({birth:six?}), 인솔자 {b.name}, 반입장비 노트북 {#n}대
%%
(외국인) 방문객 {name:joined}, 외국인등록번호 {frn}, 체류지 {address}
%%
공사 인원 2명: {name}({phone:dashes}), {b.name}({b.phone:dashes}) — 작업일 {#day}
%% idle
방문 목적: 서버명 DB-{#n} 디스크 교체
방문객 이름은 신분증과 같아야 함
출입카드 번호 {#n} 반납
소속 / 직급 / 목적 을 빠짐없이 기재
작업 허가 {#ticket}, {#time} 종료
장비 일련번호 SN{#order}
""", records=23),
    Kind("job application", "kr", "txt", """
입사지원서 모음
%%
지원자 성명　{name} ({name:western})
지원분야　백엔드
출생　{birth}
현주소　{address}
이메일주소　{email}
핸드폰　{phone}
자기소개　저는 {#n}개월간 결제 시스템을 만들었습니다.

%%
안녕하십니까, 지원자 {name}입니다. 1남 1녀 중 장남으로 태어났습니다.
연락은 {phone} 또는 {email} 로 주시면 감사하겠습니다.
자격: 정보처리기사 ({#day} 취득)

%% idle
지원자 성명과 파일 이름을 같게 하십시오
접수 마감 {#day} {#time}
경력: 새벽소프트 개발1팀
희망 연봉 면접 후 협의
수험번호 {#order}
""", records=18),
    Kind("regulator answer", "kr", "txt", """
금융민원 처리결과 보고
%%
1. 민원인: {name} (접수번호 {#order})
   가. 인적사항: {birth}생, {address}
   나. 통신: (전화) {phone} (전자메일) {email}
   다. 요지: 카드 부정 사용
   라. 처리: {#day} 환급

%%
2. 진정인 {name}의 대리인 {b.name}{~은} 전화({b.phone})로 취하 의사를 밝힘
   가. 취하일 {#day}

%%
3. 명의도용 피해자 {name}(주민번호 {rrn})에 대한 통장 {account} 지급정지
   가. 정지일 {#day}

%% idle
   마. 근거: 전자금융거래법 제{#n}조
   바. 민원인 이름 비공개 원칙 준수
   사. 유사 민원 {#n}건
   아. 회신 기한 {#day}
""", records=20),
    Kind("boxed form", "kr", "txt", """
+--------------------------------------------+
|        보호자 동의 확인서 (전자문서)       |
+--------------------------------------------+
%%
| 보호자 본명 | {name} |
| 보호자 폰   | {phone} |
| 자녀 이름   | {b.name} |
| 자녀 출생일 | {b.birth} |
| 확인 일시   | {#stamp} |
| 상품        | {#product} |
+--------------------------------------------+
%%
| 명의인 존함 = {name} ; 민증번호 = {rrn} |
| 댁 주소 = {address} |
| 문서번호 = {#order} |
+--------------------------------------------+
%% idle
| 자녀 이름을 정확히 적어 주세요 |
| 안내: 보호자 폰 인증 후 진행 |
| 서식 버전 {#version} |
| 접수처 강남지점 |
"""),
    Kind("faq cases", "kr", "md", """
# 자주 묻는 질문 (내부용 실제 사례 포함)
%%
**Q. 본명이 다르게 나와요 ({name} 고객 문의, {phone})**
A. 신분증을 다시 올리도록 안내합니다.

%%
**Q. {email} 로 인증 메일이 안 와요**
A. 스팸함 확인. 가입자 이름: _{name}_, 대화명: _{nick}_
A2. 발송 서버 버전 {#version}

%%
**Q. 이사했어요**
A. 새 거주지 *{address}* 로 변경 완료. 요청자 *{name}*.

%% idle
**Q. 이름은 몇 글자까지 되나요?** A. 20자입니다.
**Q. 생일 쿠폰은 언제 오나요?** A. 생일 당일 {#time}에 발송됩니다.
**Q. 계좌 개설은 어디서 하나요?** A. 메뉴 > {#product}
**Q. 대표번호는?** A. {#tel}
"""),
)  # fmt: skip
