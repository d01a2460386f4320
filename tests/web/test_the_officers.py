"""Accounts and roles: two powers that never meet, each act in the log."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from sisiwu.foundation.accounts.models import Grant, User
from sisiwu.foundation.accounts.policies import roles
from sisiwu.foundation.accounts.roles import Role
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.foundation.officers import actions
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization


def test_a_new_account_signs_in_with_the_password_shown_once(signed_in: Callable[[str], Client]) -> None:
    page = signed_in("xitong").post("/accounts/people/open/", {"name": "新同志", "username": "xintongzhi"})

    password = page.context["password"]
    assert page["Cache-Control"] == "no-store"
    assert Client().login(username="xintongzhi", password=password)
    assert password not in str(LogEntry.objects.latest("pk").detail)


def test_a_user_name_that_is_taken_is_told_beside_its_field(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("xitong").post("/accounts/people/open/", {"name": "王强", "username": "WangQiang"})

    assert answer.status_code == 422
    assert "已有人用" in str(answer.context["form"].errors["username"])


def test_a_closed_account_cannot_sign_in_and_its_sessions_end(
    signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    lina = signed_in("lina")
    signed_in("xitong").post(f"/accounts/people/{person('lina').pk}/change/", {"do": "close"})

    assert lina.get("/").status_code == 302
    assert not person("lina").is_active


def test_a_reset_gives_a_new_password_and_the_old_one_is_gone(person: Callable[[str], User]) -> None:
    lina = person("lina")
    lina.set_password("old-password-445")
    lina.save()

    password = actions.reset(lina, by=person("xitong"))

    assert not Client().login(username="lina", password="old-password-445")
    assert Client().login(username="lina", password=password)


def test_the_security_officer_gives_a_role_by_the_name_of_an_organization(
    signed_in: Callable[[str], Client], person: Callable[[str], User], branch: Organization
) -> None:
    signed_in("anquan").post(
        f"/accounts/people/{person('liuyang').pk}/give/", {"role": "deputy", "at": branch.name, "since": "今天"}
    )

    assert Grant.objects.get(user__username="liuyang", role="deputy").path == branch.path
    assert LogEntry.objects.latest("pk").act == "account.give"


def test_an_unknown_organization_is_told(signed_in: Callable[[str], Client], person: Callable[[str], User]) -> None:
    answer = signed_in("anquan").post(
        f"/accounts/people/{person('liuyang').pk}/give/", {"role": "deputy", "at": "没有的支部", "since": "今天"}
    )

    assert "没有编号或名称为“没有的支部”的在册组织" in answer.content.decode()


@pytest.mark.parametrize(
    ("username", "role"), [("xitong", "security_officer"), ("lina", "audit_officer"), ("shenji", "committee_staff")]
)
def test_two_powers_never_meet_in_one_account(
    signed_in: Callable[[str], Client], person: Callable[[str], User], username: str, role: str
) -> None:
    before = roles(person(username))

    answer = signed_in("anquan").post(f"/accounts/people/{person(username).pk}/give/", {"role": role, "since": "今天"})

    assert answer.status_code == 422
    assert "三员分立" in answer.content.decode()
    assert roles(person(username)) == before


def test_nobody_gives_a_role_to_themselves(person: Callable[[str], User]) -> None:
    with pytest.raises(PermissionDenied, match="不能给自己"):
        actions.give(person("anquan"), Role.LEADER, "", since=timezone.localdate(), until=None, by=person("anquan"))


@pytest.mark.parametrize("username", ["zhengmin", "anquan", "shenji", "wangqiang"])
def test_only_the_system_officer_opens_accounts(person: Callable[[str], User], username: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.open_account("x", "某人", by=person(username))


def test_a_role_given_by_hand_is_withdrawn_and_one_of_a_position_is_not(person: Callable[[str], User]) -> None:
    by_hand = Grant.objects.get(user__username="yangzhigang")
    of_position = Grant.objects.filter(source__startswith="position:")[0]

    actions.take(by_hand, by=person("anquan"))

    assert roles(person("yangzhigang")) == set()
    with pytest.raises(ValidationError, match="免职"):
        actions.take(of_position, by=person("anquan"))


def test_staff_tie_an_account_to_a_member_who_then_sees_what_is_theirs(
    signed_in: Callable[[str], Client], person: Callable[[str], User], branch: Organization
) -> None:
    user, _ = actions.open_account("xintongzhi", "新同志", by=person("xitong"))
    one = Member.objects.filter(branch=branch, user__isnull=True)[0]

    signed_in("zhengmin").post(f"/members/{one.pk}/link/", {"username": "xintongzhi"})

    assert signed_in("xintongzhi").get(f"/scores/members/{one.pk}/").status_code == 200
    assert roles(user) == {Role.MEMBER}


def test_an_account_belongs_to_one_person(signed_in: Callable[[str], Client], branch: Organization) -> None:
    one = Member.objects.filter(branch=branch, user__isnull=True)[0]

    answer = signed_in("zhengmin").post(f"/members/{one.pk}/link/", {"username": "lina"})

    assert "一个账号只属于一个人" in answer.content.decode()
