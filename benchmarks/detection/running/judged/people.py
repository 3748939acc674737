"""Fresh running text: what customers, tenants, parents and clerks write."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("civil complaints", "kr", "txt", """
민원 원문 (맞춤법 고치지 않음)
%%
저는 {address}에 사는 {name}{~이라}고 합니다. 세 번을 전화해도 답이 없어요. 답변은 꼭 {phone} 여기로 주세요.
%%
저희 어머니({name}, {birth}생)는 {#product}에 가입하신 적이 없습니다. 왜 돈이 나갑니까?
%%
카페에서 {nick}{~이라}는 닉네임을 쓰는데요. 탈퇴했는데 왜 {email} 메일함에 광고가 옵니까
%%
이상과 같이 진정합니다.
진정인 {name} (서명)  ☎ {phone}
%%
창구 직원이 제 신분증을 보고 "{rrn}, {name} 씨 맞죠?" 하고 다 들리게 읽었습니다.
%%
아들 {name} 명의 폰({phone})으로 제 청구서가 갑니다. 제 이름은 {b.name}, 제 폰은 {b.phone}입니다!!
%% idle
직원 교육 좀 시키세요. {#n}분 기다렸습니다.
이름도 안 물어보고 끊는 상담원이 어디 있습니까
→ {#day} 담당부서 이송 ({#ticket})
대표번호 {#tel} 은 하루종일 통화중
주소 쓰는 칸이 너무 작아요
""", records=20),
    Kind("cafe posts", "kr", "txt", """
%%
글쓴이 {nick} | {#stamp}
유모차 사기당했어요. 보낸 계좌가 {bank} {account}, 예금주는 {name}. 다들 조심하세요!!
%%
└ {nick} 님: 저도요;; 그 사람 번호가 {phone} 맞나요?
%%
[습득] 지하철에서 면허증 주웠어요. 이름이 {name}, 면허번호는 {licence}. 주인분 연락 주세요
%%
번개 신청이요~ 이름 {name}/{age}살/폰 {phone}/차 있어요({plate})
%%
운영진입니다. {nick} 회원님, 실명이 {name} 맞으시면 {email}{~으로} 회신 바랍니다.
%%
공구 신청 ☞ {name} ☞ {phone} ☞ {address}
%% idle
조회 {#n} · 추천 {#n} · 댓글 {#n}
게시판에 전화번호 올리면 강퇴입니다
닉네임은 한 달에 한 번만 바꿀 수 있어요
ㅋㅋㅋ 저만 {#amount}원에 산 거예요?
행복동 맘카페 공지 {#day}
""", records=18),
    Kind("market chats", "kr", "txt", """
대화 내보내기 - 새벽장터
%%
{nick} > 택배로 부탁드려요~ {address} 받는사람 {name} {phone} 이요
%%
판매자 {nick} > 네 {bankname} {account} {name}입니다 입금하시면 톡주세요
%%
{nick} > 환불은 예금주 {name} {account} ({bank})요 ㅠㅠ
%%
{nick} > 문앞에 놔주시고 {phone} 로 문자 하나만요!
%%
{nick} > 안심결제 말고 카드 돼요? {card} 이거요
%%
{nick} > {name} 이름으로 입금했어요 확인좀
{nick} > 폰은 {phone}
%% idle
알림 > 계좌번호는 채팅창에 남기지 마세요
알림 > 거래 약속 {#day} {#time}
알림 > 상품명: 캠핑의자 {#n}개 ({#amount}원)
알림 > 안전거래 번호 {#order}
알림 > 상대방이 나갔습니다
""", records=24),
    Kind("delivery requests", "kr", "txt", """
배송 요청사항 출력분
%%
부재시 {phone} 전화 말고 문자요. 받는이 {name}
%%
이사했어요!! 바뀐 집 → {address}, {name} 앞
%%
선물이에요. 보내는 사람은 {name}, 받는 사람은 {b.name}({b.phone}) 인데 가격표 빼주세요
%%
통관번호 대신 생년월일 넣으래서요: {birth} {name}
%%
주차장 막히면 {plate} 차주 {name} 찾으시면 됩니다
%%
세관 문의. 수하인 {name:joined} / PASSPORT {passport} / TEL {phone}
%% idle
벨 누르지 마세요 아기 자요
{#n}층 경비실에 맡겨주세요
송장 {#order} 재배송
전화번호 가려서 출력해 주세요
고객센터 {#tel} 연결이 안돼요
""", records=24),
    Kind("hospital notices", "kr", "txt", """
한들병원 원무과 발송 대장
%%
{name} 님 보호자께. 수술 당일 {#time}까지 오시고, 못 오시면 {phone} 이 번호가 맞는지 알려 주십시오.
%%
진료의뢰서 — 상기 환자 {name}({rrn}), 만 {age}세, 흉통으로 의뢰드립니다.
%%
입원약정서. 환자 {name}, 연대보증인 {b.name} (주민 {b.rrn}, 자택 {b.address})
%%
검사 결과지를 {email} 로 보내 달라 하심. 환자 성명 {name}, {birth} 출생.
%%
외국인 환자: {name:western}, 외국인등록번호 {frn}, 통역 필요
%%
퇴원비 환불 {#amount}원 / {name} 본인 통장 {bankname} {account}
%%
(문진표)
성함은?
  {name}
생년월일은?
  {birth}
보호자 전화는?
  {phone}
%% idle
환자 이름은 두 번 확인합시다
접수처 내선 {#n}
진료과장 {#who}
독감 접종 {#day}부터
휴대폰은 진동으로
""", records=20),
    Kind("school notices", "kr", "txt", """
늘봄초 돌봄교실 회신문
%%
{#n}번 {name} 학생은 땅콩 알레르기 있음. 어머니 {b.name} 님 휴대폰 {b.phone}
%%
저는 {name} 엄마예요~ 하원은 할머니({b.name}, {b.phone})가 하십니다
%%
전학: {name} (생일 {birth}), 새 주소는 {address}
%%
현장학습비 환급, 학부모 {name}, {bank} {account}
%%
스쿨뱅킹 신청 / 예금주: {name} / 예금주 생년월일: {birth} / 이메일: {email}
%%
형제 할인: 첫째 {name} {birth}생, 둘째 {b.name} {b.birth}생
%% idle
담임 {#who} 드림
이름표를 꼭 달아 주세요
급식비 {#amount}원은 {#day} 출금
학생 수 {#n}명, 불참 {#n}명
비상연락망 다시 배부 예정
""", records=20),
    Kind("weddings and funerals", "kr", "txt", """
경조사 알림
%%
訃告 故 {name} 님께서 별세하셨기에 알려드립니다. 상주 {b.name} ({b.phone})
%%
마음 전하실 곳 : {bankname} {account} ({name})
%%
신랑 {name} ♥ 신부 {b.name} / 혼주 연락처 {phone}
%%
축의금 접수: {name} {#amount}원, {b.name} {#amount}원, {c.name} 화환
%%
청첩장 받을 주소 알려 주신 분 - {name}: {address}
%%
칠순잔치. 주인공 {name} 님, {birth}(음) 태어나심. 참석 여부는 {phone}
%%
부조 명단 정리: {name}·{b.name}·{c.name} 각 {#amount}원, 답례 문자는 {name} 씨 폰 {phone} 부터
%% idle
빈소 한들장례식장 {#n}호, 발인 {#day}
예식 {#day} {#time} 은하홀
성함을 봉투에 적어 주세요
식권 {#n}장 남음
대표 문의 {#tel}
""", records=20),
    Kind("apartment office", "kr", "txt", """
해오름마을 관리사무소 업무수첩
%%
주차딱지 항의. {plate} 차주 {name}, 방문증 다시 달라고 {phone}
%%
{#n}호 세대주 {name} 씨 누수. 아랫집은 {b.name} 씨, {b.phone}
%%
전출: {name}. 관리비 정산금은 {account}({bank})로. 이사 가는 집 {address}
%%
동대표 입후보 - 성명 {name}, {birth}생, 직업 자영업 (사업자번호 {brn})
%%
입주민 앱 별명 "{nick}"{~이} 올린 층간소음 글, 실명은 {name}
%%
소독 확인 서명 | {name} {phone} | {b.name} {b.phone} | {c.name} 서명만
%% idle
승강기 점검 {#day} {#time}
차량번호 스티커 {#n}장 재주문
방송: 세대 연락처를 갱신해 주세요
경비 {#who} 반장 야간
관리비 총액 {#amount}원
""", records=20),
    Kind("insurance claims", "kr", "txt", """
사고경위 자필 옮겨적음
%%
본인 {name}{~은} {#day} {plate} 차량을 운전하다 접촉사고가 났습니다. 상대 운전자 {b.name}, 전화 {b.phone}.
%%
피보험자 {name} ({rrn}) 계단에서 넘어져 골절. 수익자는 배우자 {b.name}.
%%
보험금은 {name} 명의 {bank}({account})에 넣어 주시기 바랍니다
%%
운전자 면허번호 {licence}, 이름 {name}, 거주지 {address}
%%
목격자 진술: "저는 {name}{~이라}고 하고, {birth}생입니다. 제 번호는 {phone}."
%%
개명함. 옛 이름 {name}, 새 이름 {b.name}, 주민번호는 그대로 {b.rrn}
%% idle
사고 장소 새벽사거리 횡단보도
청구금액 {#amount}원
증권번호 {#order}
피보험자 성명을 정자로 쓰세요
보상과 {#who} 배당
""", records=18),
    Kind("letting notes", "kr", "txt", """
햇살공인중개사 메모
%%
{address} / 집주인 {name} {phone} / 월 {#amount}
%%
임차인 {name}({birth}생), 전입신고 한다 함. 계약금은 임대인 {b.name} {b.bank} {b.account}
%%
매도인 {name} 주민번호 {rrn} 등기부와 같음
%%
상가 세입자 {name}, 사업자등록 {brn}, 계산서는 {email}
%%
손님: {name} 씨 부부. 주말에 집 봄, 남편 폰 {phone}
%%
(매도) 성명 {name} 생 {birth} 전 {phone}
(매수) 성명 {b.name} 생 {b.birth} 전 {b.phone}
%% idle
역세권 올수리 {#n}층
등기부 {#day} 열람
전세가 조정 가능
중개수수료 {#amount}원
임대인 연락처 받을 것
""", records=20),
    Kind("call transcripts", "kr", "txt", """
통화 녹음 자동 변환 (수정 전)
%%
고객: 네 제 이름은요 {name}{~이라}고 하고요 전화번호는 {phone}이요
%%
고객: 생년월일요? 어 {birth}이요
%%
고객: 계좌번호 부를게요 {bank} {account} 예금주 {name}
%%
상담: 주민번호 {rrn} {name} 고객님 맞으세요
%%
고객: 이메일은 {email} 로 주시고요 주소는 {address} 예요
%%
상담: 차량 번호판 {plate} 차주분 {name} 님 맞으실까요
%% idle
상담: 감사합니다 {#product} 상담원 {#who}입니다
고객: 아니 그 번호 말고요 그 뭐더라
상담: 성함이 어떻게 되세요
(대기음 {#n}초)
상담: 네 확인됐습니다
고객: 계좌가 뭔지 몰라요
""", records=22, tongue="spoken"),
    Kind("voicemail memos", "kr", "txt", """
%%
☏ {#time} {name} 씨 / 콜백 {phone} / 급하다 함
%%
{name} 사모님. 댁이 {address} 이시고 "환급금 언제 나오냐"
%%
음성 남긴 분: {name:spaced}. 회사 메일 {email}
%%
목소리 작음. 이름 {name}? 아무튼 번호는 {phone}
%%
카드 분실!! {name} 고객 {card} 정지 요청
%%
영어로 남김: "This is {name:western}, please call back at {phone}."
%% idle
음성사서함 {#n}건 남음
잘못 걸린 전화 (치킨집)
전화 달라는데 번호 없음
{#tel} 스팸
내일 {#day} 다시 걸기
""", records=26),
    Kind("survey answers", "kr", "txt", """
자유의견
%%
상품 당첨되면 {phone} {name} 앞으로 부탁드립니다ㅎㅎ
%%
닉네임 {nick} 인데 추천인 {b.nick} 적립 안됐어요
%%
저 {birth}생 {name}인데 청년 할인 왜 안 되죠
%%
기프티콘 말고 실물로 보내주세요 {address} ({name})
%%
답장은 {email} 로요. 앱 접속 IP가 {ip} 라고 나오는데 차단됐대요
%%
응모합니다/{name}/{phone}/{email}/동의함
%% idle
매우 만족합니다
개인정보를 너무 많이 물어봐요
생일 쿠폰이 {#amount}원이라니
없음
이름 안 쓰면 더 솔직할 텐데
""", records=22),
    Kind("job applications", "kr", "txt", """
%%
안녕하십니까, 지원자 {name}입니다. 저는 {birth}에 태어나 삼 남매의 맏이로 자랐습니다.
%%
연락 가능한 번호: {phone} (저녁), 메일은 {email} 입니다.
%%
영문명 {name:comma}, 여권 {passport}, 해외근무 가능
%%
추천인 - 전 직장 팀장 {name} ({phone})
%%
현 거주지가 {address}{~이라} 통근 40분입니다. 지원자: {name}
%%
급여계좌 사본 제출함 ({name}, {bankname} {account})
%%
비상시 연락: 母 {name} {phone}
위 지원자 {b.name} 올림
%% idle
성격의 장단점: 꼼꼼하나 느림
{#day} 정보처리기사 취득
월 희망급여 {#amount}원
경력: 새벽소프트 {#n}개월
귀사의 이름에 걸맞은 인재
""", records=22),
    Kind("legal letters", "kr", "txt", """
내용증명 초안
%%
수신인 {name}
       {address}
귀하는 {#day}까지 금 {#amount}원을 변제하여야 합니다.
%%
발신인 {name} (주민등록번호 {rrn}), 대리인 변호사 {#who}
%%
채무자 {name}의 {bankname} 예금채권({account})을 가압류함
%%
피고 {name}, {birth}생, 송달장소 {address}
%%
의뢰인 {name} 측 휴대전화 {phone}, 전자우편 {email}
%%
증인 {name}{~은} {plate} 승용차의 소유자로서
%%
甲 {name} (印)   주민 {rrn}
乙 {b.name} (印)   주민 {b.rrn}
%% idle
사건명 대여금 반환청구
법률사무소 여명 {#tel}
당사자의 성명과 주소를 기재할 것
법인등록번호 {#corporate}
변론기일 {#day} {#time}
""", records=20),
)  # fmt: skip
