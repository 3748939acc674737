"""Running text of China in the fresh set: group chats, couriers, property offices, police, courts, banks, wards and hotels."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("chinese group buy", "cn", "txt", """
#接龙 阳光果园本周开团，接龙格式：昵称+地址+电话
%%
{nick?} 5斤装两箱，送到{address}，收件{name}，{phone}
%%
我是{name}，上次漏发的那箱改送{address}，别打原来号码了，打{phone}
%%
团长私聊我一下，我微信名叫“{nick}”，手机同号{phone}
%%
代我妈接一个～她叫{name}，电话{phone}，放丰巢就行
%%
烂果退款打我卡上吧{card}户名{name}
%%
@所有人 群里有人认识{name}吗？快递退回来了，留的{phone}打不通
%% idle
满{#n}箱就发车
[图片]
这周的桃子甜不甜啊
不要在群里发身份证照片！
接龙截止{#day}晚上八点
一箱{#amount}包邮，新疆西藏除外
地址写清楚几栋几室，不然不送
团长说单号是{#order}
""", records=24),
    Kind("chinese courier remarks", "cn", "log", """
%%
{#stamp} 派件备注：{name}先生要求放门卫，收件电话{phone}
%%
{#stamp} 改址件 原址作废 新址{address} 收件人{name}
%%
{#stamp} 拒收，本人({name})称未下单，疑似冒用，联系方式{phone}
%%
{#stamp} 实名寄件 证件{cnid} 寄件人{name} 物品:衣物
%%
{#stamp} 代签人{b.name}（收件人{name}之邻居，手机{b.phone}）
%%
{#stamp} 理赔{#amount}元 收款人{name} 卡号{card}
%% idle
{#stamp} 到达 武侯分拨中心
{#stamp} 运单{#order} 已装车
{#stamp} 电话无人接听，明日再派
{#stamp} 地址不详，退回站点
{#stamp} 站长交代:姓名打码再贴面单
{#stamp} 扫码枪固件{#version}
{#stamp} 客服热线{#tel}占线
""", records=26),
    Kind("chinese property office", "cn", "txt", """
翠湖花园物业服务中心 值班本
%%
{#time} 12栋业主{name}来电（{phone}），说楼上漏水
%%
{#time} 访客登记：{name}，身份证{cnid}，找{b.name}
%%
{#time} 退装修押金{#amount}，业主{name}提供的卡是{card}
%%
{#time} 车位转让，甲方{name}乙方{b.name}，乙方手机{b.phone}
%%
{#time} 独居老人{name}（{birth}生）摔倒，已通知女儿{b.name} {b.phone}
%%
{#time} 业主群里叫“{nick}”的就是{name}，要求把发票发到{email}
%% idle
{#time} 3号梯困人，维保{#n}分钟到
{#time} 水泵房巡查正常
{#time} 贴通知：停水至下午
{#time} 交班人{#who}
{#time} 业主信息表没写姓名的先空着
{#time} 物业费催缴第{#n}批
{#time} 保洁说地址牌掉了
""", records=24),
    Kind("chinese class group", "cn", "txt", """
夜大成人班学籍信息核对（班主任整理，勿外传）
%%
{name}，{birth}出生，户口在{address}，紧急联系人是爱人{b.name}{b.phone}
%%
插班生{name}身份证号有误，正确的是{cnid}
%%
请假条：我弟弟{name}因发烧请假一次。代请假人：{b.name} 电话：{b.phone}
%%
还没进班级群的学员有{b.name}（{b.phone}）和{c.name}（{c.phone}）
%%
教材退费：{name}的，退到她姐姐{b.name}的工行卡{b.card}
%%
毕业证邮寄 {name} 地址{address} 到付
%% idle
下周一晚停课，补到周六
准考证上姓名要与身份证一致
开班会时间：{#day}{#time}
班费结余{#amount}元
班长生日聚餐不强制
门卫{#who}师傅退休了
收齐{#n}份回执
""", records=22),
    Kind("chinese police intake", "cn", "txt", """
接报案登记摘要
%%
报警人：{name}，性别略，{birth}生，现住{address}，联系电话{phone}。
%%
嫌疑人自报姓名{name}，公民身份号码{cnid}，无前科。
%%
问：你叫什么名字？
答：我叫{name}。
问：身份证号码？
答：{cnid}。
%%
被害人{name}向对方提供的账户{card}转账{#amount}元后被拉黑，对方网名“{b.nick}”。
%%
经查，{name}持因私普通护照{cnpass}于当日出境。
%%
证人{name}（男，{age}岁，身份证{cnid}）愿意作证，电话{phone}。
%% idle
问：你以上讲的是否属实？
答：属实。
受案编号{#ticket}
民警{#who}、辅警在场
笔录共{#n}页
告知其权利义务，已签字捺印
案发地为某商场门口
""", records=20),
    Kind("chinese court papers", "cn", "txt", """
%%
原告：{name}，女，{birth:chinese}出生，汉族，住{address}，公民身份号码{cnid}。
%%
被告：{name}，男，{birth:padded}出生，汉族，户籍地{address}。联系电话：{phone}。
%%
委托诉讼代理人：{name}，系原告{b.name}之子，电话{phone}。
%%
调解协议：被告{name}于三日内将{#amount}元汇至原告{b.name}名下账户（{b.card}）。
%%
送达地址确认书 受送达人{name} 电子邮箱{email} 手机{phone}
%%
申请执行人{name}申请对被执行人{b.name}（身份证号：{b.cnid}）限制消费。
%% idle
本院认为，双方借贷关系成立。
案件受理费{#amount}元，减半收取。
如不服本判决，可在十五日内上诉。
审判员 {#who}
二〇二六年 月 日
合同编号{#order}
原告：（自然人写明姓名、性别、出生日期、住址）
""", records=18),
    Kind("chinese loan officer notes", "cn", "md", """
## {#product} 贷前走访
%%
- 借款人{name}（{cnid}），早餐店，日流水{#amount}；担保人是其姐夫{b.name}，手机{b.phone}
%%
- 打{phone}一直关机，{name}的店面也关了，邻居说搬到{address}
%%
- {name} 生日{birth}，跟身份证对不上，要求补户口本
%%
- 放款卡 {card} 户名{name} 已验四要素，预留手机{phone}
%%
- 逾期{#n}天：{name}，紧急联系人{b.name}-{b.phone}-母子
%%
- 征信报告发{email}，{name}本人收
%% idle
- 利率按{#n}档执行
- 客户经理{#who}外出
- 缺：身份证复印件、结婚证
- 面签预约{#day}
- 手机号实名制核验接口超时
- 单号{#order}退回补件
- 户名不一致的一律不放
""", records=24),
    Kind("chinese call text", "cn", "txt", """
录音转写（机器，未校对）坐席工号{#n}
%%
坐席：请问机主姓名是？
客户：{name}
坐席：身份证后面的，麻烦从头报一遍
客户：{cnid}
%%
客户：我换号了，新的是{phone:blanks}
坐席：好的{name}女士，已为您登记
%%
坐席：跟您核对下出生年月日
客户：{birth:two}
坐席：是{name}先生本人对吧
%%
客户：发票寄{address}，写{name}收
%%
坐席：您绑定的邮箱是{email}吗
客户：对
%%
客户：扣我钱的那张卡是{card:blanks}，不是尾号那张
%% idle
坐席：请问还有什么可以帮您
客户：你们{#tel}老是打不进来
坐席：工单号{#ticket}，请您记一下
坐席：为了您的信息安全，请勿透露验证码
客户：嗯嗯 那个 等一下我找找
坐席：{#product}每月{#amount}元
（静音{#n}秒）
""", records=20),
    Kind("chinese ward handover", "cn", "txt", """
心内科夜班交班 {#day}
%%
{#n}床 {name} {age}岁 术后第二天，家属{b.name}陪护，电话{b.phone}
%%
新入：{name}，{birth}生，身份证{cnid}，主诉胸闷三小时
%%
出院带药已给{name}，随访打{phone}，打不通打她儿子{b.phone}
%%
腕带错误！{name}的出生日期应为{birth}
%%
境外参保患者{name:western}，护照{cnpass}，保险公司要病历，发{email}
%%
{name}家住{address}，社区护士下周上门换药
%% idle
抢救车已清点，缺氨茶碱{#n}支
姓名牌打印机没墨
明早{#n}人空腹抽血
值班医生{#who}
护士站电话{#tel}
探视时间至{#time}
核对床号、姓名、药名三遍
""", records=22),
    Kind("chinese hotel desk", "cn", "txt", """
前台交接 {#day}夜
%%
{#n}08房{name}先生，凌晨两点到，手机{phone}，别叫早
%%
公安系统没传上去的：{name} {cnid} {address}
%%
持护照入住 {name:upper} 护照号{cnpass} 生日{birth:slashes}
%%
预授权卡号{card}，持卡人{name}，押金{#amount}未退
%%
OTA订单{#order}客人{name}落下充电器，寄{address}，电话{phone}
%%
差评那位网名{nick}，查到是{name}，店长已打{phone}道歉
%% idle
{#n}楼布草不够
明天团队{#n}间，名单未到
早餐券用完
夜审完成{#time}
发票抬头写公司名，不写姓名
保安{#who}巡楼
会员{#product}升级失败
""", records=24),
    Kind("chinese scans", "cn", "txt", """
%%
姓名{name:spaced}
性别男民族汉
出生{birth:apart}
住址{address}
公民身份号码{cnid}
%%
姓 名
{name}
公民身份号码
{cnid:blanks}
%%
护照号/Passport No.
{cnpass}
姓名/Name
{name}
{name:comma}
出生日期/Date of birth
{birth:points}
%%
开户申请书 户名_{name}_ 账/卡号_{card}_ 移动电话_{phone}_
%%
房屋租赁合同 出租方（甲方）:{b.name} 承租方（乙方）:{name} 身份证号:{cnid}
%%
收货单 客户签名:{name} TEL:{phone} 送货地址:{address}
%% idle
签发机关 某市公安局
有效期限 长期
中华人民共和国居民身份证
【识别置信度0.{#n}】
页码 {#n}
姓名________ 电话________
条码{#barcode}
""", records=18),
    Kind("chinese survey and complaints", "cn", "txt", """
%%
【投诉】本人{name}，在贵店购买{#product}，多次致电无果，请回{phone}
%%
【问卷Q12】愿意接受回访，{phone}，{name}
%%
【问卷Q12】可以，加我邮箱吧{email}
%%
【曝光】收钱不发货的人叫{name}，收款卡{card}，手机{phone}，大家小心
%%
【投诉】快递员把我家地址{address}贴在了墙上！！！
%%
【投诉】客服把我（{name}，身份证{cnid}）的资料发给了别人
%%
【用户 {nick}】我生日{birth}，凭什么说我未成年
%% idle
【问卷Q3】一般般
【问卷Q12】不愿意留电话
【投诉】排队{#n}分钟没人理
【系统】工单{#ticket}已关闭
【曝光】名字我就不点了，懂的都懂
【问卷Q7】希望增加地址簿功能
【系统】退款{#amount}元已原路返回
""", records=26),
    Kind("chinese developer remarks", "cn", "java", """
// 会员中心 {#version} 联调记录
%%
// 生产数据复现：{name}，{cnid}，实名接口返回 E102
%%
// 客户{name}反馈手机号{phone}收不到短信，先硬编码绕过
%%
/* 脏数据：
 * 用户昵称={nick}
 * 真实姓名={name}
 * 生日={birth}
 */
%%
// TODO 删掉！这是{name}真实的银行卡 {card}
%%
// 邮箱大小写问题，见用户{email}
%%
// 收货地址超长：{address}（用户{name}）
%%
// 境外收款人{name:joined}，IBAN={iban}，对账失败
%% idle
// 姓名字段改成varchar({#n})
// 提交{#commit}回滚了手机号脱敏
private String idCardNo;
// traceId={#uuid}
// 需求单{#ticket}，产品说不急
// 身份证校验位用工具类，别自己写
log.info("查询耗时{}ms", {#n});
""", records=24),
    Kind("chinese personnel mail", "cn", "eml", """
Subject: 入职/离职/社保事项汇总
From: {#mailbox}

%%
各位好，新同事{name}下周一到岗，手机{phone}，私人邮箱{email}，请开权限。
%%
> 社保增员：{name} {cnid} 户籍{address}
%%
HR您好！我叫{name}，{birth}生，应聘会计岗，期待您的回复。电话/微信：{phone}
%%
> 工资卡换了，麻烦改成招行{card}，{name}
%%
>> 签证邀请函：{name:eastern}，护照{cnpass}，DOB {birth:points}
%%
此致
敬礼
{name}
{phone}
{email}
%%
离职员工{name}的档案寄到{address}，收件人写她本人
%% idle
> 附件是第{#n}版考勤表
请各部门{#day}前报名单
>> 抄送{#who}
年会抽奖{#amount}元一等奖
> 工号规则:部门码+年份
紧急联系人一栏不能为空
发件人：系统自动发送，请勿回复
""", records=22),
)  # fmt: skip
