"""The burden rules article by article, the requirements they became (rulebook.md, section 6), and the settings.

Quoted as far as published texts were seen; full texts of the three documents were not. The tests come
from ``holds.json``: ``make burden`` reads them out of the tests.
"""

from __future__ import annotations

from dataclasses import dataclass

APPS = "《政务移动互联网应用程序规范化管理办法》（国办函〔2026〕12号）"
RULES = "《整治形式主义为基层减负若干规定》"
DIGITAL = "《关于防治“指尖上的形式主义”的若干意见》"


@dataclass(frozen=True)
class Article:
    """One article: what it says, how the system is set, which requirements hold it."""

    document: str
    text: str
    setting: str
    requirements: tuple[str, ...]


ARTICLES = (
    Article(APPS, "不得随意、重复要求填表报数", "一件事只录入一次；每张表写明由谁要求、依据、频次和用时", ("R1", "R6", "R8", "R9")),
    Article(APPS, "不得强制设置打卡签到、积分排名、统计在线时长功能", "没有打卡签到、在线时长；名次只给考核部门看，个人不排名", ("R2", "R3", "R16")),
    Article(APPS, "不得强制下载登录、通报安装率和使用率", "网页打开即用，没有安装；没有按人的使用统计，也没有通报功能", ("R14",)),
    Article(APPS, "不得把应用程序变成日常考核的载体，不得以点赞、投票、转发、学习时长作为考核依据；非必要不上传照片、视频、轨迹", "办法里引用软件使用行为的条目通不过检查；附件一律可选，不问位置", ("R2", "R4", "R5")),
    Article(APPS, "不得用于商业经营", "积分不兑换任何东西", ("R16",)),
    Article(APPS, "设置意见反馈功能；标明备案编号、主办单位", "每页底部“提意见”，可匿名；关于页写明备案编号、主办单位和版本", ("R14",)),
    Article(RULES, "不把领导批示、媒体刊文作为督查检查考核内容", "2024-07-30 以后的办法含这类条目时检查给出提醒；批示不登记", ("R2",)),
    Article(RULES, "不把是否开会发文、拍照留痕、制作学习笔记作为评判标准", "附件可选；用可重抽的抽查代替每次拍照", ("R4", "R5")),
    Article(RULES, "精简报表，同一材料最多报一次；不得频繁要求填表", "上报的表从事实产生；每月填报用时有上限，超过不发布", ("R1", "R6", "R8")),
    Article(DIGITAL, "防止强制使用；原则上不设打卡签到、积分排名、在线时长", "没有这些功能；断网、写到一半都不丢，用不了软件的事后补录", ("R2", "R3", "R10")),
    Article(DIGITAL, "防止过度留痕：不得要求截图、录制视频", "没有必填的照片、视频和附件", ("R4",)),
    Article(DIGITAL, "不得要求即时响应、打卡接龙", "每天最多提醒一次，只在工作时间", ("R15",)),
    Article(DIGITAL, "防止多头填报，推进“一张表”", "一次录入，用到各张清单；能知道的都先填好；名册批量导入", ("R1", "R7", "R8", "R9")),
)  # fmt: skip

REQUIREMENTS = {
    "R1": "一件事只录入一次，至少用到三处",
    "R2": "考核办法不得引用登录、点击、阅读、点赞、在线时长、上传时间、安装情况",
    "R3": "没有打卡签到、在线时长；排名只给考核部门",
    "R4": "附件一律可选，从不询问位置",
    "R5": "迟填不是过失：扣分只看事情发生的日期",
    "R6": "每张表写明由谁要求、依据、频次、用时；每月合计不超过30分钟",
    "R7": "能知道的都先填好；30人的支部大会不超过12次输入",
    "R8": "上报的材料由事实产生，没有一项要填两遍",
    "R9": "批量导入全国系统导出的名册，导入里有的不再问",
    "R10": "写到一半的内容不丢",
    "R14": "每页可以提意见；关于页写明备案编号；没有按人的使用统计",
    "R15": "每人每天最多一次提醒，只在工作时间，办结的不再提醒",
    "R16": "党员看自己的，书记看本支部的；积分不兑换物品",
}
