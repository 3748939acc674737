"""More running text to learn from: cards read by machine, market places, captions and chats of the three countries."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("identity cards read", "kr", "txt", """
신분증 OCR 원문 (줄 단위)
%%
주민등록증
{name}
{rrn}
{address}
{#day}
새벽구청장
%%
자동차운전면허증 1종보통
{licence}
{name}
{rrn}
적성검사 기간 {#day}
%%
통장 사본
{name} 님
계좌번호 {account}
{bankname} 마포지점
%%
[필드] 성명={name} 신뢰도 0.{#n} | 발급일={#day}
%% idle
[오류] 빛 반사, 재촬영 요청
이 증을 습득하신 분은 가까운 우체통에
신뢰도 0.{#n} 미만은 수기 확인
[필드] 성명= 신뢰도 0.0
페이지 {#n}
엔진 버전 {#version}
""", records=20),
    Kind("market place posts", "kr", "txt", """
중고장터 사기 제보 글 모음
%%
사기꾼 계좌 {bankname} {account} 예금주 {name} 폰 {phone} 조심하세요
%%
닉네임 {nick} (본명 {name}) 입금하고 잠수탔습니다
%%
택배 받은 사람 이름이 {name}이고 주소가 {address}였어요
%%
더치트 조회: 예금주 "{name}", 연락처 "{phone}", 피해 {#amount}원
%%
쪽지로 {email} 알려주면서 {name}이라고 소개함
%% idle
직거래 추천합니다 회원님들
물품: {#product} 상품권 {#n}장
제목: 이름만 보고 믿지 마세요
게시글 {#order} 삭제 처리
안전결제 수수료 {#amount}원
혹시 같은 피해자 계신가요
""", records=24),
    Kind("captions", "kr", "txt", """
화상상담 자동 자막
%%
00:{#n} 상담사: 화면에 신분증 비춰 주시고요 {name} 고객님 맞으시죠
%%
00:{#n} 고객: 전화는 {phone} 이걸로 주세요
%%
00:{#n} 고객: 제 생일은 {birth}이고 이름은 {name}입니다
%%
00:{#n} 고객: 메일은 {email} 이고요
%% idle
00:{#n} 상담사: 네 고객님 잘 보입니다
00:{#n} 고객: 공인인증서가 뭐예요
00:{#n} 상담사: 일 번 동의 이 번 비동의입니다
00:{#n} (잡음)
00:{#n} 상담사: 담당 부서는 디지털영업부입니다
00:{#n} 고객: 이름을 어디에 쓰라고요
""", records=24, tongue="voice"),
    Kind("form responses", "kr", "csv", """
타임스탬프;성함이 어떻게 되시나요?;어디로 연락드릴까요?;받으실 곳;하실 말씀
%%
{#stamp};{name};{phone};{address};없음
%%
{#stamp};{name};{email};{address};빠른 발송 부탁
%%
{#stamp};{name} ({birth}생);{phone};;서류는 {#day}까지 낼게요
%% idle
{#stamp};;;;시험 응답입니다
# 응답 {#n}건 내보냄, 양식 버전 {#version}
{#stamp};익명;;;상담 잘 받았습니다
{#stamp};테스트;없음;없음;접수 {#order}
""", records=22),
    Kind("whatsapp english", "kr", "txt", """
Messages and calls are end-to-end encrypted.
%%
12/03/2026, {#time} - Agent 4: Pls confirm: {name}, born {birth}?
%%
12/03/2026, {#time} - Customer: my name is {name}, call me at {phone}
%%
12/03/2026, {#time} - Customer: send the card to {address}
%%
12/03/2026, {#time} - Customer: refund to {bankname} {account}, holder {name:bare}
%%
12/03/2026, {#time} - Customer: passport {passport}, mail {email}
%% idle
12/03/2026, {#time} - Agent 4: Dear customer, please share your full name
12/03/2026, {#time} - Customer: <Media omitted>
12/03/2026, {#time} - Agent 4: your case is {#ticket}
12/03/2026, {#time} - Customer: ok thx
12/03/2026, {#time} - Agent 4: our hours end {#time}
""", records=26, tongue="en-kr"),
    Kind("jira english", "th", "md", """
h2. {#ticket} Wrong name on statement
%%
*Reporter note:* affected user {name}, mobile {phone}, see attachment
%%
bq. Hello, I am {name}. My citizen ID is {tnin} and my birthday is {birth}.
%%
|| Holder || Account || Mail ||
| {name} | {account} | {email} |
| {b.name} | {b.account} | {b.email} |
%%
*Repro:* sign in as {email} (customer {name:bare}), open statement
%% idle
*Assignee:* Statement squad
*Fix version:* {#version}, commit {#commit}
*Expected:* full name shown, *Actual:* blank
*Environment:* host Somsri-{#n}
*Due:* {#iso}
*Trace:* {#uuid}
""", records=22, tongue="en-th"),
    Kind("thai cards read", "th", "txt", """
OCR บัตรประชาชน / สมุดบัญชี
%%
เลขประจำตัวประชาชน
{tnin}
ชื่อตัวและชื่อสกุล {name}
Name {name:western}
เกิดวันที่ {birth}
ที่อยู่ {address}
วันออกบัตร {#day}
%%
ชื่อบัญชี
{name}
เลขที่บัญชี
{account}
สาขา
ลาดพร้าว
%%
ผล: ชื่อ={name} เลขหลังบัตร={laser}
%% idle
ผล: อ่านไม่ได้ ถ่ายใหม่
บัตรประจำตัวประชาชน Thai National ID Card
ความแม่นยำ 0.{#n}
วันบัตรหมดอายุ {#day}
หน้า {#n}
ผล: ชื่อ= ว่าง
""", records=18),
    Kind("chinese cards read", "cn", "txt", """
%%
姓名 {name}
性别 男 民族 汉
出生 {birth}
住址 {address}
公民身份号码 {cnid}
有效期限 {#day}
%%
识别结果：姓名={name}，号码={cnid}，置信度0.{#n}
%%
护照/PASSPORT {cnpass} {name:comma} {name}
%%
银行卡正面 {card} 持卡人姓名 {name:upper}
%% idle
识别失败：反光
签发机关 西湖分局
识别结果：姓名=，号码=
第{#n}页
引擎版本{#version}
中华人民共和国居民身份证
""", records=20),
    Kind("chinese chat orders", "cn", "txt", """
群聊导出：售后互助群
%%
小助手 {#time}：亲，{name}的退款打到{card}了
%%
客服阿梅 {#time}：核对下哈 {name} {phone} {address}
%%
客服阿梅 {#time}：她本名{name}，{birth}的，身份证{cnid}
%%
客服阿梅 {#time}：ID昵称 {nick}，手机尾号对不上，留的是{phone}
%%
小助手 {#time}：发票寄{email}，抬头写{name}个人
%% idle
小助手 {#time}：亲，请稍等哦
客服阿梅 {#time}：昵称最多10个字
小助手 {#time}：单号{#order}已揽收
客服阿梅 {#time}：大家辛苦了
小助手 {#time}：{#product}下架
客服阿梅 {#time}：姓名电话地址三样都要
""", records=28, tolerated=("PERSON", "NICKNAME")),
)  # fmt: skip
