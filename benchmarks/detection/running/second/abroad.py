"""More running text to learn from: Thai and Chinese."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("thai branch memo", "th", "txt", """
บันทึกสาขา ประจำวันที่ {#day}
%%
ช: {name} ท: {phone} บช: {account}
%%
ลค. {name} ปชช {tnin} ขอปลดล็อกแอป
%%
ลูกค้า-{name:bare} โทร-{phone} เรื่อง-บัตรหาย
%%
คุณ{name:bare}(เกิดเมื่อ {birth}) มาติดต่อด้วยตนเอง
%%
ผู้ฝาก {name} ฝากเข้า บ/ช {account} จำนวน {#amount} บาท
%% idle
ลค. ไม่สะดวกให้ข้อมูล
ช: ท: บช: กรอกให้ครบทุกช่อง
คิวที่ {#n} รอ {#n} นาที
เรื่อง-ตู้เอทีเอ็มขัดข้อง {#ticket}
ผจก. ประชุม {#time}
เบอร์สาขา {#tel}
""", records=28),
    Kind("thai police report", "th", "txt", """
สำเนารายงานประจำวันเกี่ยวกับคดี
%%
ผู้แจ้งชื่อ {name} อายุ {age} ปี ถือบัตรประจำตัวประชาชนเลขที่ {tnin}
อยู่บ้านเลขที่ {address} โทร. {phone}
แจ้งว่าเมื่อวันที่ {#day} ถูกหลอกให้โอนเงินไปยังบัญชีเลขที่ {b.account} ชื่อบัญชี {b.name}

%%
ผู้เสียหายคือ {name} เกิดเมื่อ {birth}
%%
ผู้ต้องสงสัยใช้หมายเลข {phone} ติดต่อผู้เสียหาย
%%
พยานให้การว่าชื่อ {name} พักอยู่ {address}
%% idle
พนักงานสอบสวนรับแจ้งไว้เป็นหลักฐาน
คดีที่ {#n}/2569
ไม่ทราบชื่อและที่อยู่ของคนร้าย
ค่าเสียหายรวม {#amount} บาท
อ่านให้ฟังแล้วรับว่าถูกต้อง
เวลา {#time} น.
""", records=20),
    Kind("thai hospital and hotel", "th", "txt", """
%%
ชื่อผู้ป่วย {name} อายุ {age} HN {#n}-{#n}43 วดป.เกิด {birth}
%%
ญาติผู้ป่วยชื่อ {name} เบอร์ติดต่อ {phone}
%%
ผู้เข้าพัก: {name:western} / {name} / มือถือ {phone} / 2 คืน
%%
ผู้จอง {name} เช็คอิน {#day} บัตร {card}
%%
สิทธิ์บัตรทอง {name:bare} เลข 13 หลัก {tnin}
%% idle
แพ้ยา: ไม่มี
ห้องพัก: ดีลักซ์ ชื่ออาคาร บุญมีเพลส
นัดครั้งต่อไป {#day} {#time}
ผู้ป่วยทุกท่านกรุณาแจ้งชื่อและวันเกิด
เลขที่การจอง {#order}
แผนกอายุรกรรม ต่อ {#n}
""", records=24),
    Kind("thai chat mixed", "th", "txt", """
แชตกลุ่มซัพพอร์ต (WhatsApp)
%%
[{#time}] แอดมินฝน: เคสพี่เขาชื่อ {name} นะ เบอร์ {phone}
%%
[{#time}] ช่างต้น: ผู้ใช้ชื่อเล่น {nick} ล็อกอินไม่ได้
%%
[{#time}] แอดมินฝน: อีเมลลูกค้า {email} เลขบัตร {tnin}
%%
[{#time}] แอดมินฝน: ส่งของไป {address} ชื่อผู้รับ {name}
%%
[{#time}] ช่างต้น: โอนคืน กสิกร {account} ชื่อ {name} ด่วน
%%
[{#time}] แอดมินฝน: วันเกิดเขา {birth} ชื่ออังกฤษ {name:western}
%% idle
[{#time}] ช่างต้น: โอเค เดี๋ยวดูให้
[{#time}] แอดมินฝน: ชื่อเล่นใส่อีโมจิไม่ได้
[{#time}] ช่างต้น: req {#uuid}
[{#time}] แอดมินฝน: ลูกค้าทุกท่านโปรดรอ
[{#time}] ช่างต้น: ขึ้นเวอร์ชัน {#version} แล้ว
[{#time}] แอดมินฝน: ออเดอร์ {#order} ยกเลิก
""", records=30, tolerated=("PERSON", "NICKNAME")),
    Kind("thai numbered forms", "th", "txt", """
แบบฟอร์มคัดลอกจากเว็บ
%%
1. คำนำหน้า/ชื่อ/สกุล .... {name}
2. เลขประจำตัว 13 หลัก .... {tnin}
3. เกิด .... {birth}
4. โทรศัพท์มือถือ .... {phone}
5. สัญชาติ .... ไทย
%%
ชื่อผู้กู้
{name}
หมายเลขโทรศัพท์
{phone}
วงเงิน
{#amount}
%%
ผู้ค้ำประกัน = {name}
เลขหลังบัตร (Laser) = {laser}
วันที่ค้ำ = {#day}
%%
ภูมิลำเนา {address} เจ้าบ้านชื่อ {name}
%% idle
6. โปรดแนบสำเนาบัตร
7. ชื่อผู้แนะนำ (ถ้ามี) .... -
เลขที่คำขอ {#order}
ผลิตภัณฑ์ {#product}
ธนาคารขอสงวนสิทธิ์ในการพิจารณา
คลิก "ถัดไป"
""", records=20),
    Kind("thai dev notes", "th", "md", """
# โน้ตทดสอบ UAT {#version}
%%
- เทสเคส {#n}: ล็อกอินด้วย `{email}` / ชื่อ {name}
%%
- body: {"firstName": "{name}", "citizenId": "{tnin}", "mobile": "{phone}"}
%%
- ชื่อบัญชีปลายทาง: {name}, เลขบัญชี: {account} → error {#n}
%%
- ผู้ใช้จริงที่เจอบั๊ก: {name:western} ({phone})
%%
- บัตร {card} ผ่าน 3DS (ชื่อบนบัตร {name:upper})
%% idle
- ฟิลด์ firstName ห้ามว่าง
- ชื่อตาราง cust_th, ชื่อคอลัมน์ tel
- commit {#commit}, req {#uuid}
- ทีมผู้รับผิดชอบ: Squad ใจดี
- ปฏิทิน พ.ศ. แปลงผิดใน iOS
- รันซ้ำ {#stamp}
""", records=26),
    Kind("thai letters", "th", "txt", """
%%
เรียน คุณ{name:bare}
ตามที่ท่านได้ขอสินเชื่อไว้ ธนาคารจะติดต่อท่านที่หมายเลข {phone}

%%
ขอแสดงความนับถือ
({name})
มือถือ {phone}
อีเมล {email}

%%
ข้าพเจ้า {name} ขอมอบอำนาจให้ {b.name} ถือบัตรเลขที่ {b.tnin} เป็นผู้รับเงินแทน
%%
กรณีหนี้ค้างชำระของ {name} ผู้กู้ ตามที่อยู่ {address}
%% idle
เรียน ผู้จัดการสาขา
เรื่อง ขอเปลี่ยนแปลงชื่อและที่อยู่
อ้างถึง หนังสือเลขที่ {#order} ลงวันที่ {#day}
จึงเรียนมาเพื่อโปรดทราบ
สิ่งที่ส่งมาด้วย สำเนา {#n} ฉบับ
ฝ่ายสินเชื่อ โทร {#tel}
""", records=20),
    Kind("thai recipients table", "th", "txt", """
รายชื่อผู้โชคดี / ผู้รับพัสดุ
%%
{#n}. {name}   โทร {phone}   {address}
%%
ชื่อ|เบอร์|บัญชี
{name}|{phone}|{account}
{b.name}|{b.phone}|{b.account}
%%
ผู้ส่ง: {name} ({phone}) >>> ผู้รับ: {b.name} ({b.phone})
%% idle
รางวัล|จำนวน|มูลค่า
{#product}|{#n}|{#amount}
ประกาศผล {#day}
ผู้รับต้องแสดงบัตรประชาชน
พัสดุเลขที่ TH{#order}
รวม {#n} ราย
""", records=18),
    Kind("chinese branch notes", "cn", "txt", """
网点工作日志 {#day}
%%
户名{name} 电{phone} 卡{card}
%%
客户-{name}，证-{cnid}，事由-挂失
%%
{name}（{birth}出生）本人到柜
%%
代办人{name}，身份证{cnid}，被代办人{b.name}
%%
上门服务：{name}老人，住{address}，家属{b.name} {b.phone}
%% idle
户名、电话、卡号三要素核对
叫号{#n}，等候{#n}分钟
事由-打印流水
大堂经理巡检{#time}
凭证号{#order}
网点电话{#tel}
""", records=26),
    Kind("chinese court papers", "cn", "txt", """
民事起诉状
%%
原告：{name}，女，{birth}出生，住{address}，公民身份号码{cnid}。
被告：{b.name}，男，联系电话{b.phone}。

%%
申请人（姓名）{name}，电话{phone}
%%
被执行人{name}（身份证号码：{cnid}）未履行给付义务。
%%
借款人{name}向出借人{b.name}借款人民币{#amount}元
%% idle
诉讼请求：判令被告偿还借款{#amount}元
事实与理由如下
原告与被告系朋友关系
此致 杭州市西湖区人民法院
案号（2026）浙0106民初{#n}21号
上述人员姓名、住址均经核对
""", records=20),
    Kind("chinese community", "cn", "md", """
# 社区违规处理
%%
- 昵称为{nick}的用户发布广告，禁言3天
%%
- 用户「{nick}」举报「{b.nick}」辱骂
%%
- 用户名：{nick}，绑定手机：{phone}，绑定邮箱：{email}
%%
- 实名信息 {name} / {cnid}，昵称 {nick}
%%
- 申诉人{name}，微信同手机号{phone}
%% idle
- 昵称含敏感词自动拦截
- 群名称：快乐理财群
- 处理编号 {#ticket}
- 各位用户请文明发言
- 活动名称 追星计划，{#day}截止
- 版本{#version}新增昵称修改
""", records=26, tolerated=("NICKNAME",)),
    Kind("chinese travel", "cn", "txt", """
订单备注（酒店 / 快递 / 医院）
%%
入住人：{name} {name:upper} 护照{cnpass}
%%
旅客姓名{name}，证件号{cnpass}，联系手机{phone}
%%
寄件人 {name} {phone} → 收件人 {b.name} {b.phone} {b.address}
%%
患者{name}，{age}岁，就诊卡绑定{phone}
家属签字：{b.name}
%%
就诊人：{name}；出生：{birth}；身份证：{cnid}
%%
请送到{address}，{name}收，{phone}
%% idle
入住{#n}晚，含早
患者主诉头痛{#n}天
寄件网点朝阳一部
取件码 {#n}-{#n}-30{#n}
订单号{#order}，{#amount}元
收件人姓名请实名填写
""", records=28),
    Kind("chinese web form copy", "cn", "txt", """
%%
真实姓名
{name}
证件号码
{cnid}
手机
{phone}
验证码
已验证
%%
开户人
{name}
开户账号
{card}
开户行
工商银行朝阳支行
%%
一、姓名：{name}；二、住址：{address}；三、电话：{phone}
%%
紧急联系人（{name}）　电话（{phone}）
%% idle
请输入您的姓名
下一步
提交时间
{#stamp}
四、其他：无
协议版本{#version}
""", records=18),
    Kind("chinese dev notes", "cn", "md", """
# 联调记录
%%
- 入参 {"xm":"{name}","sjh":"{phone}","zjhm":"{cnid}"}
%%
- 报错：用户{name}手机号{phone}重复注册
%%
- 测试账号 {email}，真实姓名{name}
%%
- select * from t_user where real_name='{name}' and mobile='{phone}'
%%
- 持卡人{name}，卡号{card}，返回码{#n}
%%
- 小程序用户生日={birth}，昵称={nick}
%% idle
- 接口负责人：支付组
- 字段xm不能为空
- traceId {#uuid}
- 项目代号 小雪，仓库 {#commit}
- 日期格式统一 {#iso}
- 订单{#order}已回滚
""", records=28),
    Kind("chinese mail ends", "cn", "txt", """
%%
发件人：{name} <{email}>
收件人：客服 <{#mailbox}>
主题：账户冻结

%%
顺颂商祺
{name} | 采购经理
手机：{phone}
地址：{address}

%%
您好，我是{name}，{birth}生，麻烦查下我的卡{card}
%%
家母{name}今年{age}岁，电话{phone}，不会用手机银行
%%
IBAN: {iban} 收款人 {name:upper}
%% idle
主题：回复：系统升级通知
抄送：产品组；测试组
此邮件由系统自动发送，请勿回复
尊敬的客户：您好！
附件：授权书_{#version}.docx
热线 {#tel}
""", records=22),
)  # fmt: skip
