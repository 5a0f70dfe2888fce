"""The words of Chinese statutes that numbers, modality and parties are read by. Data; how it is used stands beside each use."""

from __future__ import annotations

import re
from typing import Final

AT_LEAST: Final = ">="
MORE: Final = ">"
AT_MOST: Final = "<="
LESS: Final = "<"

OBLIGATION: Final = "obligation"
PROHIBITION: Final = "prohibition"
PERMISSION: Final = "permission"
ENCOURAGEMENT: Final = "encouragement"

UNITS: Final = {
    "个工作日": "working-day", "工作日": "working-day", "日": "day", "天": "day", "个月": "month", "月": "month",
    "周岁": "year", "岁": "year", "年": "year", "小时": "hour", "分钟": "minute", "秒": "second", "周": "week",
    "万元": "CNY", "元": "CNY", "倍": "times", "%": "percent", "人": "person", "名": "person", "次": "time",
}  # fmt: skip
SCALES: Final = {"万元": 10_000}

BOUNDS_BEFORE: Final = {
    "不得少于": AT_LEAST, "不少于": AT_LEAST, "不得低于": AT_LEAST, "不低于": AT_LEAST, "不得短于": AT_LEAST,
    "至少": AT_LEAST, "达到": AT_LEAST, "已满": AT_LEAST,
    "不得超过": AT_MOST, "不超过": AT_MOST, "不得高于": AT_MOST, "不高于": AT_MOST, "最长": AT_MOST,
    "超过": MORE, "多于": MORE, "高于": MORE, "大于": MORE,
    "不满": LESS, "未满": LESS, "不足": LESS, "低于": LESS, "少于": LESS, "小于": LESS,
}  # fmt: skip
BOUNDS_AFTER: Final = {"以上": AT_LEAST, "以下": AT_MOST, "以内": AT_MOST, "之内": AT_MOST, "内": AT_MOST}

NUMBERED: Final = "条|款|项|目|章|节|编|届|次|号"
NO_NUMBERS: Final = (
    "一并|一旦|一致|一律|一般|一定|一切|一体|一同|一样|一种|一些|一方|一次性"
    "|一日期|之一|万一|统一|单一|唯一|同一|任一|十分|百姓|千方百计"
)

MODALS: Final = {
    PROHIBITION: ("不得", "禁止", "严禁", "不应", "不能", "不准", "不可"),
    OBLIGATION: ("应当", "必须", "应", "方可", "才可以", "才可", "才能", "予以支持", "不予支持"),
    PERMISSION: ("可以", "有权", "无需", "不需", "可"),
    ENCOURAGEMENT: ("鼓励", "支持", "倡导", "提倡", "引导"),
}
NO_MODALS: Final = re.compile(
    "应用|应急|相应|适应|响应|供应|反应|应对|应有|应诉|对应|回应|效应|可能|可行|可靠|可信|可控|可用"
    "|可解释|可执行|可编程|可操作|可追溯|可撤销|许可|认可|不可或缺|不可逆|不可抗力|不可分割"
    "|不准确|不能证明|不能提供|限制或者禁止|禁止、限制|禁止发布|禁止传输|禁止转载|禁止向|规定应当|规定不得"
    "|(?<=法院)[^。;,予]{0,12}?支持"
)
DUTY_WITHOUT_MODAL: Final = (
    "负责", "承担", "履行", "依照", "按照", "处理", "需要", "需", "须", "要", "予以", "给予", "由", "适用", "遵守", "留存",
    "从其规定", "依法", "保存",
)  # fmt: skip
TASK_OF_THE_STATE: Final = (
    "推动", "促进", "推进", "加强", "完善", "建立", "健全", "实行", "实施", "坚持", "采取", "积极", "建设", "保障", "提高",
    "保护",
)  # fmt: skip

NO_PARTIES: Final = re.compile(
    "国家网信部门(?=规定)|个人信息(?!处理者|保护职责)|个人隐私|个人(?=同意|权益|特征|身份|账户|账号|敏感|行踪|的?同意|生物)"
    "|国家(?!网信|支持|鼓励|建立|实施|推|保|促|采取|实行|倡导|积极|禁止|加强|完善|构建|提|坚持|对|机关|和|制定|标准化)|国家标准(?!化)"
    "|用户(?=协议|权益|名|画像|注册|标签|真实|模型|数量|规模|账号|信息|输入|数据|的|使用|自主|日志)|企业(?=标准)"
    "|标准(?=化(?!行政)|的强制|体系|样品|立项)|公众(?=混淆|利益|提供|人物)|有关部门的?规定|部门(?=规章)|单位(?=名称)"
    "|处理者(?=的身份|的名称)"
)
BEFORE_OBJECTS: Final = (
    "对", "向", "与", "给", "为", "针对", "经", "其", "通知", "告知", "要求", "提示", "由于", "违反", "督促", "指导", "关于",
    "提醒", "引导", "协助", "配合", "支持", "鼓励",
)  # fmt: skip
JOINTS: Final = frozenset({"", "的", "、", "和", "及", "或者", "与", "以及", "或", "、其他", "和其他", "及其"})

NOBODY_IN_PARTICULAR: Final = frozenset({"国家", "个人", "组织"})
PERSONS_IN_CHARGE: Final = ("直接负责", "责任人员", "主管人员")

SANCTIONS: Final = {
    "order": ("责令", "要求", "改正"),
    "warn": ("警告",),
    "publicise": ("通报", "公告", "公布", "公示"),
    "suspend": ("暂停", "停业"),
    "close": ("关闭", "下架", "终止", "停止"),
    "revoke": ("吊销", "撤销", "注销", "废止"),
    "confiscate": ("没收",),
    "ban": ("禁止", "不得"),
    "credit_record": ("信用", "数据库", "记入"),
}
