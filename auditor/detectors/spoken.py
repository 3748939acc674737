"""Names as they stand in sentences: without the title or particle behind them, and which of them are surely somebody's.

`full_name` says what a whole field may hold, where its label says that it is a name. In running text three syllables that begin
with a surname are more often a word (`조회수`, `서명란`).
"""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import re
from typing import Final

from auditor.detectors.names import CN_SURNAMES_TWO, KR_SURNAMES_TWO, TH_TITLE, full_name

_GIVEN: Final = frozenset(
    "가강건겸경고관광교구국권규균근금기길나남내노누다단달담대덕도동두둘드든들라란람랑래량려련령례로록루룸류륜률름리린림마만명모목무문미민바박배백"
    "범별병보복봄봉분비빈빛사산상새샘서석선설섭성세소솔송수숙순술숭슬승시식신심아안애야양어언연열엽영예오옥온완요용우욱운울웅원월유윤율은을"
    "음의이익인일자잔장재전정제조종주준중지진차찬창채천철청초춘충치탁태택하학한해향헌혁현협형혜호홍화환효후훈휘희히겨늬늘날결꽃물"
)
"""Syllables of given names: those of the names most given since the 1940s, and of names that are words (별, 솔, 하늬)."""
COMMON_SURNAMES: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반"
)
# What begins with a surname's syllable and is a word; a name that begins so is found where something else speaks for it.
_WORDS: Final = (
    "강남 강동 강북 강서 강원 강의 강제 강조 강좌 강화 개발 경기 경남 경로 경북 경우 경제 고객 고급 고려 고속 고시 고유 고의 고장 고정 고지 공개 공고 "
    "공공 공급 공동 공란 공백 공사 공식 공유 공인 공제 공지 공통 구간 구글 구독 구두 구매 구분 구성 구역 구입 구조 구체 구현 국가 국내 국문 국민 국세 국외 "
    "국적 국제 권고 권리 권한 금감 금고 금년 금리 금액 금융 금일 금전 금주 금지 기간 기관 기기 기능 기대 기록 기반 기본 기사 기술 기업 기입 기재 기존 기준 "
    "기초 기타 기한 기획 길이 나머 나이 남녀 남대 남부 남성 남용 남자 노동 노선 노출 노트 단계 단위 단체 도구 도로 도메 도서 도시 도용 도움 도입 도착 동거 "
    "동기 동네 동료 동명 동부 동시 동의 동일 동작 마감 마다 마당 마을 마음 마이 마일 마지 마찬 마케 마크 매도 매수 매장 매체 명단 명령 명시 명의 명칭 명함 "
    "모두 모든 모바 모집 모친 목록 목적 문구 문답 문서 문의 문자 문장 문제 문항 문화 미가 미기 미납 미등 미만 미사 미상 미성 미수 미입 미정 미제 미확 민감 민간 민원 "
    "반납 반대 반려 반복 반송 반영 반입 반품 방금 방문 방법 방식 방안 방어 방지 방침 방향 배경 배달 배당 배상 배송 배열 배우 배정 배치 배포 백신 백업 백지 "
    "변경 변동 변수 변제 변조 변호 변환 보건 보고 보관 보내 보류 보수 보안 보완 보유 보장 보조 보존 보증 보통 보험 보호 복구 복사 복원 복호 본인 봉투 부분 "
    "부서 부여 부재 부정 부족 부탁 분기 분류 분리 분석 분실 비고 비교 비대 비밀 비상 비용 비율 비정 사고 사교 사내 사람 사례 사망 사무 사본 사실 사업 사용 사원 "
    "사유 사이 사인 사전 사진 사항 사후 상기 상담 상대 상세 상속 상시 상위 상이 상장 상점 상태 상품 상호 상황 서관 서대 서류 서면 서명 서버 서부 서비 서식 서울 서점 "
    "석식 선결 선납 선물 선정 선택 선행 설계 설명 설문 설비 설정 설치 성공 성년 성립 성명 성별 성질 성함 소개 소관 소득 소명 소멸 소비 소속 소수 소스 소요 "
    "소유 소재 소지 소통 소프 소형 소홀 손상 손실 손해 송금 송달 송부 송신 송장 수기 수납 수량 수령 수리 수면 수수 수신 수익 수임 수입 수정 수집 수취 수탁 수행 "
    "시각 시간 시공 시급 시도 시설 시스 시작 시장 시점 시행 시험 식별 신고 신규 신뢰 신분 신상 신속 신용 신원 신청 신한 심사 안건 안내 안녕 안됨 안심 안전 안정 양도 양식 "
    "양호 어제 언급 언어 엄격 여권 여러 여부 여성 여신 여유 여자 여행 연결 연계 연구 연금 연도 연동 연락 연령 연말 연속 연장 연체 연혁 예금 예산 예상 예시 예약 "
    "예외 예정 예제 오기 오늘 오류 오전 오타 오픈 오후 온라 옵션 용도 용량 용어 우대 우려 우리 우선 우수 우체 우측 우편 운영 운용 운전 원문 원본 원부 원인 원장 "
    "원천 원칙 원하 위반 위배 위법 위임 위조 위촉 위치 위탁 위험 위협 유관 유권 유급 유니 유도 유럽 유료 유무 유사 유선 유실 유심 이유 유의 유예 유저 유지 유첨 유출 유통 "
    "유형 유효 육아 은행 음성 의견 의뢰 의무 의사 의심 의원 의존 이것 이관 이내 이동 이력 이런 이름 이메 이미 이번 이벤 이상 이슈 이용 이의 이자 이전 이제 "
    "이중 이체 이하 이해 이행 이후 인감 인계 인근 인도 인력 인사 인상 인쇄 인수 인식 인원 인입 인적 인정 인증 인지 인출 인터 일괄 일반 일부 일시 일자 일정 일치 임대 임시 "
    "임원 임의 임직 임차 자격 자금 자동 자료 자산 자신 자체 자택 장기 장소 장애 장치 장표 재고 재발 재배 재사 재산 재시 재입 재직 재확 전국 전달 전담 전결 전문 전문 전반 "
    "전부 전사 전산 전송 전액 전용 전월 전일 전입 전직 전자 전적 전제 전체 전출 전표 전환 전화 정기 정도 정리 정보 정비 정산 정상 정식 정의 정정 정지 정책 정확 제거 제공 "
    "제목 제삼 제시 제안 제약 제외 제작 제조 제주 제출 제품 제한 조건 조사 조언 조율 조작 조정 조직 조치 조항 조회 종류 종료 종목 종이 주간 주거 주기 주말 주문 주민 "
    "주별 주부 주소 주식 주요 주의 주인 주임 주장 주제 주차 주체 주택 준비 준수 중간 중단 중복 중앙 중요 중지 증권 증명 증빙 지갑 지검 지구 지급 지난 지도 지방 "
    "지번 지부 지불 지사 지속 지시 지역 지연 지원 지위 지자 지점 지정 지출 지침 지켜 진단 진술 진위 진입 진짜 진행 차감 차단 차량 차례 차명 차세 차액 차이 차주 차후 채권 "
    "채널 채무 채용 책임 처리 처음 천만 천원 첨부 청구 청약 체결 초과 초기 최근 최대 최소 최종 최초 추가 추심 추적 추정 추천 추출 추후 출금 출력 출생 취급 취소 취합 태그 태블 "
    "통보 통신 통장 통지 통합 통화 표기 표본 표시 표준 표지 하기 하나 하단 하루 하반 하실 하위 하자 학교 학년 학생 한국 한글 한눈 한도 한번 한시 한자 한정 한편 함수 함께 "
    "해당 해외 해제 해지 해킹 허가 허용 허위 현금 현대 현상 현시 현재 현주 현지 현행 현황 형식 형태 호스 호출 호환 홈페 홍보 화면 화물 확대 확인 확정 환급 환불 환율 "
    "환자 환전 환경 황금 황당 회계 회사 회선 회수 회신 회원 회의 회차 회피 횟수 효력 후보 후속 휴대 휴면 휴일 희망 심야 심지 문득 마트 마스 권장 노조 "
    "백화 하락 하드 하이 하여 하며 하는 하고 이고 이며 이는 이런 이와 한다 한데 지만 지금 여기 우산 구름 김치 김밥 고기 고양 고등 고구 감자 오렌 주스 배추 남해 동해 "
    "서해 한강 한옥 한우 강아 천안 안동 안산 안양 여수 여주 원주 전주 전남 전북 성남 성북 성동 마포 노원 구로 금천 양천 용산 종로 은평 인천 부산 대구 광주 울산 대전 경주 "
    "공주 남원 남기 남긴 채우 채운 정하 정해 구하 구문 연산 표현 이어 전후 여정 지식 양수 정수 변화 장비 지문 전원 마시 하지 하세 하도 하게 반드 여전 이들 유용 이라 주어 유일 마세 길어 이지 서술 정규 조용 오슬 진수 백만 반지 도전 유연 홍관 성가 이루 소식 위해 변형 유려 도우 기호 명세 반환 선언 주석 원래 이미 지나 지내 주기 주신 하신 계신 오신 오늘 어디 나중 남은 남을 도와 마감 마무 가능 가입 가족 가상 가격 가장 감사 감독 강력 경고 경찰 경험 고민 공항 과거 과정 관계 관련 관리 광고 교통 교환 국번 국장 권장 근거 근무 금방 기분 기억 기존 길게 나라 노력 대구 도중 동반 동생 마트 만기 만약 명절 모습 목요 무료 문구 문서 미리 민원 반대 방식 방송 배운 번지 번호 변심 별도 병원 보상 보안 복지 봉사 부모 부장 부착 분실 비슷 비용 사과 사무 사촌 상반 상자 새로 생각 서둘 석달 선배 선생 설날 성수 소리 손님 수고 수술 수요 시골 신경 신혼 심각 아들 아래 아버 아이 아침 안경 약속 양해 어머 여동 여름 연말 연봉 영수 영업 예쁜 예전 오래 오류 온라 외국 요금 우리 원금 원룸 월급 월요 위로 유치 육아 은퇴 음식 이거 이곳 이때 이분 이사 이웃 이직 인생 일요 임신 자녀 자리 자주 잔액 장난 장남 장녀 전부 정말 조금 조심 주말 주부 지갑 지하 직원 진짜 차라 차주 채팅 최고 추석 출근 탁송 태풍 토요 하루 학원 함부 현장 형님 호텔 화요 황급 남양 고양 강릉 동작 동탄 송파 서초 수원 안성 양산 양주 연천 오산 이천 임실 장수 정읍 진주 진천 진안 함안 함양 홍천 화성 황해"
).split()
_KNOWN: Final = frozenset(_WORDS)
# Words as long as a name, made of its syllables: places, food, plants, machines, institutions, trades. None of them is anybody.
NOBODY: Final = frozenset(
    (
        "구의동 신림동 문래동 방배동 서교동 성내동 홍은동 연희동 장안동 이문동 방이동 문정동 장지동 신사동 신정동 한남동 주안동 구미동 정자동 서현동 구월동 송현동 지산동 "
        "송도동 남천동 장전동 구서동 남산동 주례동 신월동 양재동 염창동 명일동 천호동 고덕동 마장동 황학동 장충동 남영동 도원동 공덕동 신수동 하중동 구수동 현석동 서강동 "
        "성산동 연남동 유성구 구리시 하남시 구미시 문경시 노고산 지리산 한라산 소백산 오대산 오동도 선유도 장사도 전라도 함경도 여의도 선재도 장봉도 석모도 서남아 노량진 "
        "우동 길동 명동 남산 우도 홍도 송도 신도 남도 노가리 조기구 조청유 오미자 오이지 유자차 유산균 양송이 강정류 전기장 박하차 선지국 소고기 소시지 유정란 장조림 진미채 "
        "고사리 도라지 반건조 백설기 서리태 정어리 한라봉 천혜향 구아바 우유 홍시 홍초 배숙 소라 송이 연어 연근 원두 장어 전병 조림 채소 표고 현미 황태 황도 마늘 문어 민어 "
        "명태 지단 도미 설기 송어 진달래 선인장 백일홍 채송화 천일홍 소나무 전나무 문주란 석류 연꽃 유채 장미 주목 한란 노루 백조 여우 염소 하마 현무 황새 전기차 전동기 "
        "조리기 주전자 현미경 현관문 염화철 소화기 소화전 안마기 연마기 유모차 유리병 유아용 문고리 원단 정장 한복 한지 황동 도마 방석 변기 고무 심의관 주무관 우정국 우정사 "
        "기상청 조달청 방사청 연세대 한양대 성균관 홍익대 조선대 원광대 한성대 서경대 명지대 한남대 서강대 원효대 성산대 양화대 정관장 정로환 신협 한진 진로 하림 기하학 "
        "구석기 신석기 조선시 한일전 안시성 주유소 주유권 소나기 조현병 심장병 하수도 고가교 신라 주중 신정 구정 소서 소한 소만 유두 백중 정월 유월 이월 오월 구월 우박 장마 "
        "황사 변비 설사 천식 황달 조교 이모 고모 장모 강사 고수 도사 황제 주교 주지 조장 반장 소장 차장 이장 전무 유모 현자 선수 성도 지인 여사 도련 노인 장관 차관 위원 임금 신령 "
        "김사장 이사장 공무원 안주인 조교수 정교수 원어민 구민 도민 손자 조모 주치의 한의사 노무사 기장 조종사 연예인 성우 지휘자 연주자 원아 유아 전도사 장로 권사 신자 구단주 "
        "배심원 서기 조리사 안마사 명장 명인 신랑 주례 장병 장교 기자 황후 공자 노자 장자 주자 석가 마리아 조물주 염라 신세계 오뚜기 한샘 홍보실 설문지 강원도 김치찌 이상없 하이볼 서명란 성명란 이용권 지원실 권한별 신청서 이동일 어떻게 이달의 전직원 "
        "서울시 성남시 안양시 안산시 여수시 원주시 전주시 제주시 고양시 공주시 남원시 양주시 여주시 오산시 이천시 인천시 진주시 천안시 손전화 두분 세분 주시기 주시면 주신분 도우미 심리사 조무사 임상의 우승자 한글만"
    ).split()
)
_NO_NAME_ENDS: Final = frozenset("을를는의에로며면들적된할던든게고한해요")
"""Syllables with which words of a sentence end: particles and verbs' endings, rarely a name."""
_ROLES: Final = frozenset("자원인사관장수생객주부모님과팀")
"""Syllables with which words for people end."""
_NO_SUFFIX: Final = frozenset("훈욱민혁준진영희숙윤현빈찬철슬솔린연환근섭승엽옥순균규태혜웅율석우아호")
"""Syllables that end names and no word's longer form: 정지훈 is somebody, 정지일 a day."""
BEHIND: Final = (
    "(?:고객님|회원님|선생님|고객|회원|귀하|님|씨|군|양|대리|과장|차장|부장|사원|주임|계장|팀장|실장|대표|이사|상무|전무|책임|선임|수석|매니저|본인)?님?"
    "(?:께서|에게|한테|으로|이고|이며|이라고|라고|이라는|라는|이라|이다|입니다|이었|인데요?|이고[요여]|[이라]라서|이에요|예요|이요|요|임|에게서|이랑|하고|께|에|은|는|이|가|을|를|의|로|와|과|도|만|인|랑|건|명의)?"
)
"""What stands behind a name without a space: a title, then a particle or the verb."""
_BEHIND: Final = re.compile(BEHIND)
_SPREAD: Final = re.compile(r"[가-힣](?: {1,2}[가-힣]){1,3}")
ROMAN_SURNAMES: Final = frozenset(
    (
        "kim lee yi rhee park pak bak choi choe jung jeong chung kang gang cho jo yoon yun jang chang lim han oh seo suh shin kwon gwon "
        "hwang ahn song ryu yoo yu jeon jun chun hong ko go koh moon mun yang son sohn bae pae baek paik heo hur huh nam sim shim noh roh ha "
        "kwak gwak sung seong cha joo ju woo wu koo gu goo min ra jin ji chi eom um chae won cheon bang gong kong hyun hyeon ham byun byeon "
        "wang li zhang liu chen zhao huang zhou xu zhu hu guo he luo zheng liang xie tang deng feng cao peng zeng xiao tian dong pan yuan cai jiang "
        "du cheng wei su lu ding ren yao qian tan xue lei qiu hou shao meng wan duan hao mao lai shen jia zou xiong qin shi "
        "jegal seonu dokgo sagong yeom choo chu seok sun seol ma gil kil namgung hwangbo sunwoo"
    ).split()
)
_ROMAN: Final = re.compile(
    r"(?i)(?:(?:kk|tt|pp|ss|jj|ch|sh|k|g|n|d|t|r|l|m|b|p|s|j|h|y|w)?(?:yeo|yae|wae|eui|ae|ya|eo|ye|oe|yo|wa|we|wi|wo|yu|eu|ui|oo|ee|ou|u|a|e|o|i)(?:ng|n|m|k|l|p|t|h)?){1,2}"
)
"""Syllables of Korean given names in Latin letters (Revised Romanization, McCune-Reischauer, and what passports show)."""
_PINYIN: Final = re.compile(
    r"(?i)(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|a|o|e|i|u|v)){1,2}"
)
_PLACES: Final = frozenset(
    (
        "hongkong kingkong dingdong shenzhen guangzhou hangzhou suzhou zhengzhou tianjin jiangsu jiangxi yunnan chengdu dongguan nanchang "
        "bangna bangsue halong tanson kohsamui kohchang kohtao kimchi fengshui yinyang wonton gangnam kangnam namsan jungu junggu yangjae goyang anyang "
        "yangju yangsan yangpyeong namyangju gangdong gangseo songpa yangcheon seongnam seongbuk seongdong gwangjin jungnang cheonan dongtan sokcho "
        "kimhae gimhae kimpo namwon incheon jinju hangang tiananmen jingdong xiaomi huawei wangwang samsung sungwon daewoo hyundai shinhan woori hana"
    ).split()
)
"""What is written in two or three words like a name and is a place, a company, a dish."""
_ENGLISH: Final = frozenset(
    "time title name home more line lane size hat age fee pin root light shot change main to hotel".split()
)
"""Words of English that would pass for a romanised syllable or surname, as whole parts of a name."""
_ENGLISH_WORDS: Final = frozenset(
    (
        "password lot desk sheet framework manager house hotel hours back week scaling safety wifi parking registration information policy success "
        "service services support center centre room list name number portal app guide form fee review survey page account data type status group "
        "team side ring visa card id of and the inn bank care line code key details address phone email report request system access area only "
        "officer department office agreement consent signature copy notice rights history profile experience relations engagement"
    ).split()
)
# What no Thai name begins with: `คุณ` and `นาย` begin other words too, and two words beside a mark are most often no name.
_THAI_WORDS: Final = re.compile(
    "(?:(?:นาย)(?:หน้า|จ้าง|ทะเบียน|ทุน|อำเภอ|ตรวจ|ท่า|ช่าง|กรัฐมนตรี|กสมาคม|กเทศมนตรี|กองค์การ)|นาง(?:แบบ|ฟ้า|เอก|พยาบาล|ร้าย|งาม)"
    "|คุณ(?:สมบัติ|ภาพ|สามารถ|ลักษณะ|ค่า|ธรรม|ประโยชน์|วุฒิ|ยัง|จะ|ต้อง|ได้|ไม่|กำลัง|เคย|ควร|ลูกค้า|คือ|ใช้|เลือก|ถูก|เป็น|อยู่|สนใจ|ที่|และ|หรือ|เอง|ทราบ|ลืม|พร้อม|มีสิทธิ|มีคะแนน)"
    "|สาขา|ร้าน|บริการ|บริษัท|ศูนย์|สินค้า|ติดต่อ|โทร|โรงแรม|โรงพยาบาล|โรงเรียน|อาคาร|ถนน|ตำบล|อำเภอ|จังหวัด|แผนก|ฝ่าย|ราคา|รหัส|ลูกค้า|สมาชิก|ผู้|ความ|ที่อยู่|เบอร์|วันที่|เวลา"
    "|หมายเลข|ไม่|ได้|ให้|และ|หรือ|ของ|จาก|เป็น|ใหม่|กรุณา|โปรด|สอบถาม|ข้อมูล|รายการ|ยอด|บัตร|บัญชี|ธนาคาร|ระบบ|เครื่อง|อาหาร|ห้อง|ห้าง|หจก|บจก|เปิด|ปิด|ทุกวัน|ซื้อ|ขาย|จัดส่ง|ลืม|ปริญญา|ข้าว|ก๋วยเตี๋ยว|คุณ(?:แม่|พ่อ|ครู|หมอ|พี่|น้อง|ตา|ยาย) )"
)
_THAI_BEHIND: Final = re.compile(" (?:โทร|ติดต่อ|ไม่|ได้|ให้|ของ|และ|หรือ|ลูกค้า|สินค้า|บริการ|สาขา|ราคา|กรุณา|ข้อมูล|ทำอย่างไร)")


def thai_words(name: str) -> bool:
    """Whether two Thai words, with a title or without, are words of a sentence and nobody's name."""
    return _THAI_WORDS.match(name) is not None or _THAI_BEHIND.search(name) is not None


def name_of(run: str) -> str:
    """The name that a run of Hangul begins with, without title and particle: `김은하님은` → 김은하. Empty if it begins with none."""
    if run.endswith((" 님", " 씨")):
        run = run[:-2].rstrip()
    if " " in run:
        name = run if run[-2] == " " else run[:-1]  # `김 은 하는`
        return name if _SPREAD.fullmatch(name) and full_name(name) else ""
    if len(run) <= 3:
        name = run.removesuffix("님")
        return name if full_name(name) else ""
    for size in (4, 3, 2) if run.startswith(KR_SURNAMES_TWO) else (3, 4, 2):
        if size == 2 < len(run) and run[:2] in _KNOWN:
            continue  # `우수고객`
        if len(run) >= size and full_name(run[:size]) and _BEHIND.fullmatch(run, size):
            return run[:size]
    return ""


def english_words(name: str) -> bool:
    """Whether words with capitals behind a label are more of it and nobody's name: `Guest Wifi Password`."""
    return name.isascii() and not _ENGLISH_WORDS.isdisjoint(name.lower().split())


def untitled(value: str) -> str:
    """A field's value without the title behind a name in Hangul: `김은하님` → 김은하."""
    name = value.rstrip().removesuffix("님").rstrip()
    return name if name != value and full_name(name) and "가" <= name[0] <= "힣" else value


def sure(name: str) -> bool:
    """Whether a full name is hardly anything else: a usual surname and given name and no word, a Thai title, a romanised name."""
    if "가" <= name[0] <= "힣":
        whole = name.replace(" ", "")
        double = whole.startswith(KR_SURNAMES_TWO)
        given = whole[2:] if double else whole[1:]
        if (
            not given
            or not (double or (len(given) == 2 and whole[0] in COMMON_SURNAMES))
            or not _GIVEN.issuperset(given)
        ):
            return False
        return (
            whole not in NOBODY
            and whole[-1] not in _NO_NAME_ENDS
            and (whole[:2] not in _KNOWN or whole[2] in _NO_SUFFIX)
        )
    if "ก" <= name[0] <= "๙":
        return TH_TITLE.fullmatch(name) is not None
    if name.isascii():
        return romanised(name)
    return len(name) == 3 or name.startswith(CN_SURNAMES_TWO)


def spread(name: str) -> bool:
    """Whether the syllables of a name stand apart: `김 은 하`."""
    return _SPREAD.fullmatch(name) is not None


def likely(name: str) -> bool:
    """Whether a full name in Hangul is no word, of one given syllable too: `양혁`."""
    return name not in NOBODY and name[:2] not in _KNOWN and name[0] in COMMON_SURNAMES and _GIVEN.issuperset(name[1:])


def titled(name: str) -> bool:
    """The same of a name right before `님`: a word before it is one for somebody who does something: `이용자님`, `공무원님`."""
    return likely(name) or (
        len(name) == 3
        and name not in NOBODY
        and name[0] in COMMON_SURNAMES
        and name[2] not in _ROLES
        and _GIVEN.issuperset(name[1:])
    )


def word(name: str) -> bool:
    """Whether a full name in Hangul begins with a word, so that it may be a longer one: `변경`, `조회수`."""
    return not sure(name) and (name in NOBODY or name[:2] in _KNOWN or name.endswith("팀"))


def romanised(name: str) -> bool:
    """Whether a name in Latin letters is a Korean or Chinese one: `KIM EUN HA`, `Kim, Eun-ha`, `Eunha Kim`, `Wang Xiaoming`."""
    parts = name.replace(",", " ").split()
    if not 2 <= len(parts) <= 3 or "".join(parts).lower() in _PLACES or not _ENGLISH.isdisjoint(name.lower().split()):
        return False
    for surname, given in ((parts[0], parts[1:]), (parts[-1], parts[:-1])):
        syllables = [piece for part in given for piece in part.split("-")]
        if surname.lower() not in ROMAN_SURNAMES or not 1 <= len(syllables) <= 2 or len("".join(syllables)) < 2:
            continue
        if all(_ROMAN.fullmatch(each) for each in syllables) or all(_PINYIN.fullmatch(each) for each in syllables):
            return True
    return False
