"""Every act in words that a person reads."""

ACTS = {
    "organization.found": "成立组织", "organization.change": "变更组织", "organization.dissolve": "撤销组织",
    "organization.describe": "更正组织情况", "member.amend": "更正党员信息",
    "intake.write": "导入名册", "intake.export": "导出名册",
    "member.enter": "录入党员", "member.move": "转移组织关系", "member.look": "查看档案",
    "position.appoint": "任职", "position.relieve": "免职", "position.elect": "换届",
    "detachment.attach": "临时编入", "detachment.release": "归建",
    "account.open": "开通账号", "account.reset": "重设密码", "account.close": "停用账号", "account.reopen": "恢复账号",
    "account.give": "授予角色", "account.take": "收回角色", "member.link": "关联账号",
    "evidence.attach": "附上材料", "article.join": "提出共同完成", "article.partner": "核实共同完成",
    "ledger.record": "提交录入", "ledger.accept": "核实通过", "ledger.return": "退回", "ledger.reverse": "冲正", "ledger.merge": "合并重复录入",
    "assignment.issue": "布置任务", "assignment.extend": "延长任务期限", "assignment.withdraw": "撤销任务",
    "assignment.excuse": "免除任务", "assignment.done": "任务完成", "assignment.reopen": "任务重新打开",
    "gathering.prepare": "准备签到", "gathering.drop": "取消签到",
}  # fmt: skip
