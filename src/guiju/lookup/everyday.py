"""What people type, made into the words of the rules: other scripts and spellings, nicknames of laws, everyday words.

Both what is typed and what is looked through are folded alike; nothing here is shown to a reader.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_TRADITIONAL: Final = (
    "丟並乾亞佈佔併來侶侷係俬俱倉個們倣倫偵偽備傢傳債傷傾僅僞僱價億儘償優儲兒內兩冊別刪則剝創劃動務勝勞勢勵勸匯區協卻參員問啓啟喨單嗎噹嚮嚴國圍圖團埰執堅報場塊壇壓壜壞壟壽夠夥夾奬妝姦娛學實審寫將專尋對導屆"
    "層屬崗師帶幀幣幫幹幾庫廠廢廣廳廻弔張強彆彈彙後徑從復徵悳惡愛態慣慮憑憲憶懃應懲戀戰戲戶捲掃掛採揚換揮搆損搶撐撓撫擇擊擋擔據擬擴擺擾攔攝數斷於昇時晉暫曆曏書會東條棄業極榮構槍樂標樣機檔檢檯檻欄權欵歐歲歷"
    "歸殘殺毀毬氣氾汎決沒沖況洩減測準溝溫滾滿潛潤濟濫濾瀏灣為無熱燈營燬爭爲爾牀狀狹獎獨獲現環產産畫異當療發盜盡監盧眞眾睏瞞瞭硏確碼礎礙祕種稱穢穩穫竊競筆箇節範篩簡簽籤粧糰糾約紅紋純級紛細終組結絕絡給統絶綁"
    "綑經綜綫維網緊緒線編緩練緻縮縱總織繞繪繫繼續纍纔罈罎罣罰羣義習翫聞聯聲職脅脫腦膚臉臨臺與興舉菓華萬葯蒐蓆蓋薦藉藝藥處虛號蟲衆術衛衝裏補裝裡製複襲覈見規視親覺覽觀觸訂計訊訓託記訟訪設許訴診註証詐評詞詢試"
    "話該詳誌認誘語誠誤說説誰誹調談請論諷諾謊謗講謠謡謹證識譜譟譯議護譽讀變讓讚負財貧貨販貫責買貸費貼資賞賠賣質賬賭賴賸購贊跡跤跼踐踰蹟蹤躍車軌軍軟較載輓輔輕輛輪輯輸輿轄轉轝辦農迴這連週進遊運過達違遠適遲選"
    "遺還邊郵鄰醫釋針鈕銀銷錄錯録錶鍵鎗鏈鏡鐵長門閉開間関閱閲閾闆闇關闢陞隊階際隨險隱隻雖雙雜離難雲電靈韓響頁項順須預頓領頭頻題額願顛類顧顯風颱飲養餘餽饋駁駐駕駛騙騷驗驟體髮鬚麤麯麵麼麽點黨齊齡齣"
)
_SIMPLIFIED: Final = (
    "丢并干亚布占并来侣局系私具仓个们仿伦侦伪备家传债伤倾仅伪雇价亿尽偿优储儿内两册别删则剥创划动务胜劳势励劝汇区协却参员问启启亮单吗当向严国围图团采执坚报场块坛压坛坏垄寿够伙夹奖妆奸娱学实审写将专寻对导届"
    "层属岗师带帧币帮干几库厂废广厅回吊张强别弹汇后径从复征德恶爱态惯虑凭宪忆勤应惩恋战戏户卷扫挂采扬换挥构损抢撑挠抚择击挡担据拟扩摆扰拦摄数断于升时晋暂历向书会东条弃业极荣构枪乐标样机档检台槛栏权款欧岁历"
    "归残杀毁球气泛泛决没冲况泄减测准沟温滚满潜润济滥滤浏湾为无热灯营毁争为尔床状狭奖独获现环产产画异当疗发盗尽监卢真众困瞒了研确码础碍秘种称秽稳获窃竞笔个节范筛简签签妆团纠约红纹纯级纷细终组结绝络给统绝绑"
    "捆经综线维网紧绪线编缓练致缩纵总织绕绘系继续累才坛坛挂罚群义习玩闻联声职胁脱脑肤脸临台与兴举果华万药搜席盖荐借艺药处虚号虫众术卫冲里补装里制复袭核见规视亲觉览观触订计讯训托记讼访设许诉诊注证诈评词询试"
    "话该详志认诱语诚误说说谁诽调谈请论讽诺谎谤讲谣谣谨证识谱噪译议护誉读变让赞负财贫货贩贯责买贷费贴资赏赔卖质账赌赖剩购赞迹交局践逾迹踪跃车轨军软较载挽辅轻辆轮辑输舆辖转舆办农回这连周进游运过达违远适迟选"
    "遗还边邮邻医释针钮银销录错录表键枪链镜铁长门闭开间关阅阅阈板暗关辟升队阶际随险隐只虽双杂离难云电灵韩响页项顺须预顿领头频题额愿颠类顾显风台饮养余馈馈驳驻驾驶骗骚验骤体发须粗曲面么么点党齐龄出"
)
_SCRIPT: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
"""Traditional characters of the words that the rules use, each with the simplified one (by the ICU transliteration)."""

_Z: Final = re.compile(r"([a-z]{3,})iz(e[sd]?|ing|ation)")
_ONE_L: Final = re.compile(r"\b(label|model|travel|cancel|fulfil)(ing|ed|er)")
_OUR: Final = re.compile(r"\b(behavi|fav|lab|col)or")

ALSO_CALLED: Final[dict[str, tuple[str, ...]]] = {
    "ca/directive-adm": ("dadm", "canadian directive", "加拿大指令", "algorithmic impact assessment", "算法影响评估"),
    "cn/algorithm-provisions": ("算法推荐规定", "algorithm provisions", "recommendation algorithms"),
    "cn/anthropomorphic-measures": ("拟人化办法", "companion measures"),
    "cn/cybersecurity-law": ("网安法", "网络安全法", "csl"),
    "cn/deep-synthesis": ("深度合成", "deep synthesis"),
    "cn/ethics-review-2023": ("伦理审查办法", "科技伦理审查办法"),
    "cn/ethics-review-2026": ("人工智能伦理办法",),
    "cn/gb-45438-2025": ("gb45438", "gb45438-2025"),
    "cn/gbt-45654-2025": ("gbt45654", "gb/t45654", "gbt 45654"),
    "cn/genai-measures": ("暂行办法", "生成式ai办法", "生成式人工智能", "interim measures", "generative ai measures"),
    "cn/labelling-measures": ("标识办法", "标签办法", "ai labelling measures"),
    "cn/minors-online-protection": ("未保条例",),
    "cn/network-data-regulation": ("网数条例", "数据条例"),
    "cn/pipl": ("个保法", "个人信息保护法", "china privacy law"),
    "cn/security-assessment-provisions-2018": ("安全评估规定", "双新评估"),
    "cn/standardization-law": ("标准化法", "standardisation law"),
    "eu/2026-1744": ("digital omnibus", "omnibus", "数字综合法案"),
    "eu/ai-act": ("eu ai act", "aia", "artificial intelligence act", "人工智能法", "人工智能法案", "欧盟人工智能法案"),
    "eu/gpai-code-of-practice": ("code of practice", "行为守则"),
    "kr/ai-basic-act": ("korea ai act", "korean ai act", "韩国人工智能法", "ai framework act"),
}
"""Instruments and what else they are called."""

EVERYDAY: Final[dict[str, tuple[str, ...]]] = {
    "cn/algorithm-provisions/21": ("大数据杀熟", "price discrimination"),
    "cn/anthropomorphic-measures/2": ("情感陪伴", "虚拟恋人", "陪伴机器人", "ai companion", "companion chat"),
    "cn/ethics-review-2023/14#quorum": ("法定人数", "到会人数", "quorum"),
    "cn/labelling-measures/5.2": ("watermark", "水印"),
    "cn/minors-online-protection/43": ("未成年人模式", "minors mode", "青少年模式"),
    "cn/pipl/24.1#price": ("大数据杀熟", "price discrimination"),
    "eu/ai-act/5.1.c": ("社会信用评分", "social credit"),
    "eu/ai-act/5.1.e": ("face scraping", "facial recognition database", "人脸抓取"),
    "eu/ai-act/5.1.f": ("emotion recognition", "情绪识别"),
    "eu/ai-act/14": ("human oversight", "人工监督"),
    "eu/ai-act/27.1": ("fundamental rights impact assessment", "fria", "基本权利影响评估"),
    "eu/ai-act/50.1": ("chatbot", "chatbot disclosure", "聊天机器人", "transparency", "透明度"),
    "eu/ai-act/50.2": ("watermark", "watermarking", "水印"),
    "eu/ai-act/50.4": ("deepfake", "deep fake", "深度伪造", "换脸"),
    "eu/ai-act/51.1": ("systemic risk", "系统性风险"),
    "eu/ai-act/51.2": ("training compute", "flops threshold", "训练计算量", "算力门槛"),
    "eu/ai-act/53.1.c": ("copyright", "版权"),
    "eu/ai-act/annex-iii.4.a": ("recruitment", "hiring", "cv screening", "招聘", "简历筛选"),
    "eu/ai-act/annex-iii.5.b": ("credit scoring", "creditworthiness", "信用评分", "征信"),
}
"""Rules and the words by which people ask for them that their own texts do not have."""

MEANT: Final[dict[str, tuple[str, ...]]] = {
    "child": ("minor",),
    "children": ("minor", "child"),
    "kid": ("minor", "child"),
    "kids": ("minor", "child"),
    "teenager": ("minor",),
    "teenagers": ("minor",),
    "儿童": ("未成",),
    "孩子": ("未成", "儿童"),
    "青少": ("未成",),
    "标注": ("标识",),
}
"""Words that people type (Chinese by pairs), each with those by which the rules say the same; both are looked for."""

ASKING: Final = frozenset(
    {"must", "tell", "does", "have", "should", "could", "would", "allowed"}
    | {"when", "where", "with", "about", "that", "this", "there"}
    | {"必须", "告诉", "什么", "怎么", "可以", "能不", "不能", "要不", "应该"}
)
"""Words of a question that say nothing of what it is about."""

NOT_HELD: Final = (
    ("dsa", "digital services act", "数字服务法"),
    ("dma", "digital markets act", "数字市场法"),
    ("data act", "欧盟数据法"),
    ("nis2", "nis 2"),
    ("cyber resilience act",),
    ("product liability directive",),
    ("nist ai rmf", "ai rmf"),
    ("colorado ai act",),
    ("刑法",),
    ("著作权法", "copyright law"),
    ("反不正当竞争法",),
)
"""Texts that people ask for and that may not be among the rules, each by all that it is called."""


def tidy(words: str) -> str:
    """Full-width digits and brackets made half-width, lower case, one space where there are several."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def folded(words: str) -> str:
    """Tidied, traditional characters made simplified, one spelling where English has two."""
    found = tidy(words).translate(_SCRIPT)
    found = _Z.sub(r"\1is\2", found)
    found = _ONE_L.sub(lambda match: f"{match[1]}l{match[2]}", found)
    return _OUR.sub(r"\1our", found)
