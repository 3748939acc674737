"""More running text to learn from: what Korean customers, agents and players say, type and dictate."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("elderly mails", "kr", "txt", """
[고객의 소리 메일함]
%%
안녕하십니까. 저는 {address} 사는 {name}{~이라}고 하는 늙은이올시다.
통장번호 {account} 에서 돈이 빠졌다는데 당최 모르겠읍니다.
전화 주실 데는 {phone} 이고 아들놈 전화는 {b.phone} 이올시다.
{name} 올림

%%
수고가 많으십니다... 제가 {birth} 생 {name} 인데요 눈이 어두워서 글씨가 안 보입니다
집사람 이름은 {b.name} 이고 집 주소는 {b.address} 입니다
답장은 손주 메일 {email} 로 부탁드려요

%%
{name} 배상
(손전화 {phone})

%% idle
비밀번호를 세 번 틀렸다고 나옵니다. 어찌하면 되는지요.
요새 은행은 이름만 대도 되는 게 아니라면서요.
선생님들 건강하시고 하시는 일 잘 되시기 바랍니다.
지난 {#day}에 영업점에 갔더니 번호표를 {#n}번 받았습니다.
주소가 바뀌면 어디다 말해야 합니까?
자동응답 {#tel} 은 너무 복잡하네요.
""", records=16),
    Kind("teen chat export", "kr", "txt", """
새벽페이 오픈채팅 상담방 저장한 날짜 : {#stamp}
%%
2026년 5월 2일 {#time}, 익명 : 저 {name}인데여 폰번 {phone} 이걸로 안들어가져요ㅠㅠ
%%
2026년 5월 2일 {#time}, 익명 : 생일 {birth}이고 본명 {name} 맞음ㅇㅇ
%%
2026년 5월 2일 {#time}, 익명 : 닉변했는데 전닉 {nick} 현닉 {b.nick}
%%
2026년 5월 2일 {#time}, 익명 : 메일은 {email} 요 빨리여
%%
2026년 5월 2일 {#time}, 익명 : 엄마 이름은 {name}이고여 엄마번호는 {phone}
%%
2026년 5월 2일 {#time}, 익명 : 계좌 {bank} {account} 여기로 보내주심댐 예금주 {name}
%% idle
2026년 5월 2일 {#time}, 상담봇 : 회원님 안녕하세요! 무엇을 도와드릴까요?
2026년 5월 2일 {#time}, 익명 : ㄹㅇ 이름 왜 안바뀜;;
2026년 5월 2일 {#time}, 익명 : 생일쿠폰 언제 줌?
2026년 5월 2일 {#time}, 상담봇 : 닉네임은 한글 10자까지 쓸 수 있어요
2026년 5월 2일 {#time}, 익명 : 주문번호 {#order} 이거 환불되나여
2026년 5월 2일 {#time}, 익명 : ㅇㅋ 감사요
""", records=30, tolerated=("NICKNAME",)),
    Kind("hurried agent notes", "kr", "txt", """
{#day} 오후조 메모
%%
성:{name} 생:{birth} 연:{phone} 주:{address}
%%
성) {name} / 주민) {rrn} / HP) {phone} / 계) {bank} {account}
%%
고객명-{name} 폰-{phone} 용건-{#product} 해지
%%
{name}고객 T.{phone} 재콜 要
%%
명의 {name} / M.{phone} / E.{email}
%%
DOB-{birth} 성함-{name} 본확완
%%
{name}ㄱㄱ {phone} ㅂㅈ 2회
%%
카드 {card} ({name} 명의) 재발급要
%% idle
성: 생: 연: 주: 순으로 적을 것
T.{#tel} 대표번호 안내
ㅂㅈ=부재, ㄱㄱ=고객
고객명- 미상, 끊음
계) 확인 안 됨 → 2선 이관
주) 5일, 월) 말일 마감
접수 {#ticket} 완
명의변경 서류 안내만 함
""", records=30),
    Kind("ars transcript", "kr", "txt", """
# STT 결과 (채널 L: 고객, R: 상담사) 콜 {#uuid}
%%
R: 성함이랑 휴대폰 번호 말씀해 주시겠어요
L: 네 {name}이고요 {phone} 입니다
%%
R: 생년월일은요
L: {birth}생이요
R: 네 {name} 고객님 확인됐습니다
%%
L: 이메일은 {email} 이에요
R: 네 받아 적었습니다
%%
R: 주민등록번호 뒷자리까지 불러주세요
L: {rrn}
%%
L: 계좌번호가 {account} 이거든요 {bankname}
R: 예금주 성함은 {name} 고객님 본인이시고요
%% idle
R: 감사합니다 새벽은행입니다 무엇을 도와드릴까요
L: 잠시만요 이름을 바꾸려면 뭐가 필요해요
R: 고객님 본인 명의 휴대폰으로만 가능하세요
L: 네 네
R: 상담 평가는 일 번부터 오 번까지 눌러 주세요
R: 삼 영업일 이내에 처리됩니다
L: (무음 {#n}초)
""", records=26, tongue="voice"),
    Kind("community moderation", "kr", "md", """
# 제재 기록 (운영자 전용)
%%
- 닉: {nick} / 사유: 욕설 / 제재 3일
%%
- @{nick} 님이 {b.nick} 님을 신고 (도배)
%%
- 아이디(닉네임): {email}({nick}) → 영구정지
%%
- {name}님(닉 {nick}) 본인 소명, 연락처 {phone}
%%
- 닉네임 신고: "{nick}" — 광고성
%%
- 닉변 이력 {nick} → {b.nick} ({#day})
%%
- 접속 아이피 {ip}, 기기 {device} 다계정 의심
%% idle
- 닉: 규정 2조 위반 여부 검토
- 닉네임 신고 누적 {#n}건이면 자동 숨김
- 회원님들께: 도배는 경고 없이 삭제됩니다
- 길드명 달빛기사단 해산, 서버 이름 하늘
- 제재 해제 {#stamp}
- 게시글 번호 {#order}
- 관리자 닉네임은 '운영자'로 통일
""", records=30),
    Kind("game support", "kr", "txt", """
[1:1 문의] 포도온라인
%%
캐릭터명: {nick}
실명: {name}
생일: {birth}
문의: 아이템 복구

%%
유저 닉네임이 {nick}인데 결제자 이름은 {name}, 결제 카드 {card}
%%
부모님 동의: 법정대리인 {name}, 자녀 {b.name}, 대리인 번호 {phone}
%%
지갑주소 {wallet} 로 출금 요청(신청인: {name})
%% idle
캐릭터명 변경권은 {#amount}원
서버: 은하, 직업: 성기사
문의 번호 {#ticket}
이벤트 기간 ~{#day}
파티명 지우개부대 모집 중
빌드 {#version}에서 닉네임 중복 버그 수정
""", records=22),
    Kind("kakao plus replies", "kr", "csv", """
시각,보낸이,내용
%%
{#stamp},고객,"예금주 {name}, {bankname} {account}요"
%%
{#stamp},고객,"저는 {name}인데 새 번호가 {phone}예요"
%%
{#stamp},고객,"{address} 여기로 카드 보내주세요 받는사람 {name}"
%%
{#stamp},상담원,"{name}님 생년월일 {birth} 맞으실까요?"
%%
{#stamp},고객,"영문이름 {name:joined} 여권 {passport}"
%% idle
{#stamp},상담원,"고객님, 성함과 연락처를 남겨 주세요"
{#stamp},상담원,"네 고객님^^ 담당 부서로 전달했습니다"
{#stamp},고객,"카드 언제 오나요"
{#stamp},봇,"1.계좌 2.카드 3.대출 4.상담원"
{#stamp},상담원,"접수번호는 {#order}입니다"
{#stamp},고객,"넵 감사합니다"
""", records=28),
    Kind("voicemail slips", "kr", "txt", """
부재중 메모지 옮김
%%
전화 왔었어요 ☎ {name}씨 ({phone}) / 받은 시각 {#time}
%%
TO 운영팀 FROM {name} 고객, 다시 걸어달라 함 → {phone}
%%
{name} 사모님 / 댁 전화 {phone} / 댁 주소 {address}
%%
{name} 여사, {birth} 출생, 통장 재발급 문의, H.P {phone}
%%
"{name}" 이라는 분이 {email} 로 서류 보내달라 하심
%% idle
전화 왔었어요 ☎ (이름 안 남김)
TO 총무팀 FROM 시설팀, 에어컨 점검 {#day}
경비실 내선 {#n}
다시 전화한다고 함 ( ) 전화 바람 ( )
팩스 안 옴, 대표 팩스 {#tel}
사장님 회의 {#time}
""", records=24),
    Kind("survey answers", "kr", "txt", """
만족도 조사 주관식
%%
Q7. 경품 받으실 분 성함과 번호 → {name} {phone}
%%
Q8. 추첨 선물을 받을 곳 → {address} ({name} 앞)
%%
Q9. 하고 싶은 말 → 상담해 주신 분 친절했어요. 저는 {name}, 메일은 {email}입니다
%%
Q10. 생년월일(선택) → {birth}
%% idle
Q1. 성별 → 여
Q2. 연령대 → {#n}대
Q3. 추천하고 싶은 이름이 있다면 → 없음
Q5. 쓰는 상품 → {#product}
Q9. 하고 싶은 말 → 앱이 느려요
Q7. 경품 받으실 분 성함과 번호 → 괜찮습니다
""", records=26),
    Kind("colon dash mix", "kr", "txt", """
(메모장에 아무렇게나)
%%
성함=>{name}   전번=>{phone}
%%
{phone} ← {name} 고객님 새 번호
%%
집주소~ {address} / 성함~ {name}
%%
{name}(女/{birth}/{phone})
%%
고객 이름이 "{name}" 이래요 생일이 {birth} 이신 분
%%
{name} 고객님 내외 (부인 {b.name}) 공동명의
%%
만 {age}세 {name}님, 계좌는 {account} {bank}임
%%
이메일주소가 {email} 인 {name}님께 재발송
%%
{birth} 태어난 {name} 어르신 ☎{phone}
%%
명의자:{name}//가입폰:{phone}//주민:{rrn}
%% idle
전번=>모름
집주소~ 다시 물어볼 것
고객님들 이름은 정자로
선생님 말씀대로 {#day}에 재확인
점심: 지수네 분식
프린터 이름 HP) 2층 복합기
문의 {#order} 종결
가입폰:없음
담당:미정 이름:미정
""", records=32),
    Kind("birth sentences", "kr", "txt", """
생일 축하 쿠폰 민원 모음
%%
생일이 {birth}이신 {name} 고객님, 쿠폰이 두 장 나감
%%
{name} 회원은 {birth}에 태어났다고 주장하나 서류는 다름
%%
{name} ({birth} 生) 여권과 주민등록상 생일이 다르다 함
%%
호적 생일은 {birth}, 이름은 {name}, 손전화는 {phone}
%%
출생일자를 {birth}{~으로} 고쳐 달라고 {name} 고객이 메일({email}) 보냄
%%
쌍둥이 형 {name}, 동생 {b.name} 모두 {birth}생
%%
올해 만 {age}세이신 {name} 어머님, 생신은 {birth}
%% idle
생일 쿠폰은 생일 3일 전 {#time}에 발송
만 14세 미만은 법정대리인 동의 필요
1990년생부터 청년 우대 대상
창립기념일 1985.03.12, 회사 생일 행사 {#day}
개봉일 {#day}, 유통기한 {#day}
생년월일 검증 로직은 {#version}에서 변경
고객님의 생일을 진심으로 축하드립니다
19850312 은 시험용 고정값으로 실제 생일 아님
""", records=28),
    Kind("department lists", "kr", "txt", """
비상연락망과 안내 (개정 {#day})
%%
협력사 현장 대리인 {name} (휴대폰 {phone})
%%
방문 예정 고객: {name} / {phone} / 차량 {plate}
%%
분실물 주인 {name}님, {address}{~으로} 우편 발송함
%%
야간 당직 중 걸려온 전화: {name} 고객, {phone}
%%
습득 카드 {card}, 카드 이름 {name:joined}
%% idle
여신관리팀 {#tel}   수신팀 {#tel}
담당: 개발팀, 이름: 인증서버, 연락처: 내선 {#n}
소방서 119  경찰서 112  병원 {#tel}
이름 칸에 직책만 적지 말 것
장애 접수번호 0102-44{#n}-{#n}17
자산번호 1002-{#n}1-{#n}3349
회의실 이름: 하은, 도윤, 서준
프로젝트 '김과장' 종료 보고 {#day}
고객님, 선생님, 회원님 호칭 통일 안내
해시 {#commit}{#commit}{#commit} 은 빌드 식별자
""", records=22),
    Kind("passports and permits", "kr", "txt", """
외국인·재외국민 서류 점검
%%
영문성명 {name:upper} / 한글성명 {name} / 여권 {passport}
%%
Alien Reg. No. {frn} — {name:western}, 체류지 {address}
%%
외국인 고객 {name:eastern}님 등록증번호 {frn} 만료 {#day}
%%
여권 정보면: {name:comma} / {passport} / 생년월일 {birth}
%%
국제면허 없음, 국내면허 {licence} ({name})
%%
가상자산 출금 지갑 {wallet}, 지갑 주인 {name}
%%
개인사업자 {name} 사업자번호 {brn} 정산계좌 {bankname} {account}
%% idle
영문성명은 여권과 동일하게
비자 종류 F-4, 만료 {#day}
여권 사진 규격 3.5 x 4.5
외국인등록번호 칸이 13자리를 못 받음 ({#ticket})
발급번호 M{#n}-2026-{#n}
법인등록번호 {#corporate} 새벽소프트
한글성명 / 영문성명 / 국적
""", records=26),
)  # fmt: skip
