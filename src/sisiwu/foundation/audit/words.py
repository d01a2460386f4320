"""Every act in words that a person reads."""

ACTS = {
    "organization.found": "成立组织", "organization.change": "变更组织", "organization.dissolve": "撤销组织",
    "member.enter": "录入党员", "member.move": "转移组织关系", "member.look": "查看档案",
    "member.leave": "转出名册", "member.rejoin": "重新编入", "member.status": "党籍变化", "organization.merge": "合并组织",
    "transfer.issue": "开具介绍信", "transfer.expect": "登记转入介绍信", "transfer.receive": "接收组织关系",
    "transfer.refuse": "退回组织关系", "transfer.withdraw": "撤回转接", "transfer.reissue": "重开介绍信",
    "admission.apply": "登记入党申请", "admission.do": "办理发展党员步骤", "admission.extend": "延长发展党员期限",
    "admission.stop": "终止发展党员", "admission.take_back": "撤销发展党员步骤",
    "position.appoint": "任职", "position.relieve": "免职", "position.elect": "换届",
    "detachment.attach": "临时编入", "detachment.release": "归建",
    "account.open": "开通账号", "account.reset": "重设密码", "account.close": "停用账号", "account.reopen": "恢复账号",
    "account.give": "授予角色", "account.take": "收回角色", "member.link": "关联账号",
    "evidence.attach": "附上材料", "article.join": "提出共同完成", "article.partner": "核实共同完成",
    "token.make": "建立接口令牌", "token.revoke": "撤销接口令牌",
    "ledger.record": "提交录入", "ledger.accept": "核实通过", "ledger.return": "退回", "ledger.reverse": "冲正", "ledger.merge": "合并重复录入",
    "assignment.issue": "布置任务", "assignment.extend": "延长任务期限", "assignment.withdraw": "撤销任务",
    "assignment.excuse": "免除任务", "assignment.done": "任务完成", "assignment.reopen": "任务重新打开",
    "gathering.prepare": "准备签到", "gathering.drop": "取消签到",
    "inbox.hasten": "标为急件", "workdays.publish": "录入放假安排", "documents.sync": "更新文件登记",
    "feedback.suggest": "提意见", "feedback.answer": "答复意见", "feedback.close": "办结意见",
    "spot_checks.draw": "抽查", "spot_checks.show": "出示记录", "spot_checks.find": "记录核查结果",
}  # fmt: skip
