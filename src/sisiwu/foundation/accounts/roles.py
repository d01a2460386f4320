"""The roles, what each may do, and which can never be one person's (trust.md: three officers apart)."""

from __future__ import annotations

from django.db import models


class Verb(models.TextChoices):
    """What a role may do within its part of the tree."""

    VIEW = "view", "看工作"
    MEMBERS = "members", "看党员名册"
    ENTER = "enter", "录入"
    VERIFY = "verify", "核实"
    ASSIGN = "assign", "布置任务"
    ANSWER = "answer", "完成任务"
    REGISTER = "register", "维护名册"
    ROLL = "roll", "办理党员进出"
    SCORES = "scores", "看得分"
    AUDIT = "audit", "看操作日志"
    ACCOUNTS = "accounts", "管理账号"
    GRANTS = "grants", "授予角色"


class Role(models.TextChoices):
    """Roles of the cast (tests.md) and the three officers (trust.md)."""

    COMMITTEE_STAFF = "committee_staff", "机关党委干事"
    SECRETARY = "secretary", "书记"
    DEPUTY = "deputy", "副书记"
    MEMBER = "member", "党员"
    CITY_DESK = "city_desk", "市（州）公安局联络员"
    LEADER = "leader", "厅领导"
    AUDITOR = "auditor", "督察"
    SYSTEM_OFFICER = "system_officer", "系统管理员"
    SECURITY_OFFICER = "security_officer", "安全管理员"
    AUDIT_OFFICER = "audit_officer", "审计管理员"


ABILITIES: dict[str, frozenset[str]] = {
    Role.COMMITTEE_STAFF: frozenset({
        Verb.VIEW, Verb.MEMBERS, Verb.ENTER, Verb.VERIFY, Verb.REGISTER, Verb.ROLL, Verb.SCORES, Verb.ASSIGN,
    }),
    Role.SECRETARY: frozenset({Verb.VIEW, Verb.MEMBERS, Verb.ENTER, Verb.ROLL, Verb.SCORES, Verb.ANSWER}),
    Role.DEPUTY: frozenset({Verb.VIEW, Verb.MEMBERS, Verb.ENTER, Verb.ROLL, Verb.SCORES, Verb.ANSWER}),
    Role.MEMBER: frozenset({Verb.VIEW}),
    Role.CITY_DESK: frozenset({Verb.VIEW, Verb.ENTER, Verb.SCORES, Verb.ANSWER}),
    Role.LEADER: frozenset({Verb.VIEW, Verb.SCORES}),
    Role.AUDITOR: frozenset({Verb.VIEW, Verb.MEMBERS, Verb.SCORES, Verb.AUDIT}),
    Role.SYSTEM_OFFICER: frozenset({Verb.ACCOUNTS}),
    Role.SECURITY_OFFICER: frozenset({Verb.GRANTS}),
    Role.AUDIT_OFFICER: frozenset({Verb.AUDIT}),
}  # fmt: skip

OFFICERS = (Role.SYSTEM_OFFICER, Role.SECURITY_OFFICER, Role.AUDIT_OFFICER)
"""Each is alone: no other role beside it on the same account (GB/T 22239-2019, three powers apart)."""
