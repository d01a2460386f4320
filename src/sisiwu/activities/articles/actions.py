"""Entering an article, once."""

from __future__ import annotations

from typing import Unpack
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html

from sisiwu.activities.articles.facts import fact_of, facts_of
from sisiwu.activities.articles.models import Article, Partner, piece_of
from sisiwu.activities.articles.queries import same_piece
from sisiwu.activities.entries.submitting import How, submit
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.inbox.actions import ask, settle
from sisiwu.ledger import actions as ledger
from sisiwu.ledger.actions import Entry
from sisiwu.ledger.queries import counted_facts
from sisiwu.register.organizations.models import Organization


def enter(article: Article, *, by: User, **how: Unpack[How]) -> Entry:
    """Save an article and submit it to the ledger.

    Raises what ``submit`` raises, and ValidationError when the same piece of the same medium is there
    (whoever entered it).
    """
    return submit(
        article,
        how,
        by=by,
        title=f"稿件：{article.title}（{article.medium}）",
        check=_not_there,
        facts=facts_of,
    )


def _not_there(article: Article) -> None:
    there = same_piece(article.title, article.medium, besides=article.pk)
    if there:
        where = f"{there.organization}，{there.on:%Y年%-m月%-d日}，《{there.medium}》"
        told = f"这篇稿件已经有了：{where}。不用再报。"
        if there.organization_id == article.organization_id:
            raise ValidationError({"title": told})
        join = reverse("articles:join", args=[there.pk]) + f"?organization={article.organization_id}"
        offer = format_html("{}如果是两家共同完成，<a href='{}'>点这里合并</a>，由机关党委核实。", told, join)
        raise ValidationError({"title": offer})
    article.piece = piece_of(article.title)


@transaction.atomic
def join(article: Article, organization: Organization, *, by: User, words: str = "") -> Partner:
    """An organization says that it wrote an article of another one, too; staff decide.

    Raises ValidationError when it is the same organization or has said so before, PermissionDenied.
    """
    demand(by, Verb.ENTER, organization.path)
    if organization.pk == article.organization_id:
        raise ValidationError("这篇稿件就是本组织登记的，不用合并。")
    if article.partners.filter(organization=organization).exists():
        raise ValidationError("已经提出过合并，请等机关党委核实。")
    one = Partner.objects.create(article=article, organization=organization, asked_by=by, words=words)
    note("article.join", by, article, path=organization.path, partner=organization.name)
    url = reverse("articles:partner", args=[one.pk])
    ask(f"partner:{one.pk}", Verb.VERIFY, article.organization.path, f"核实共同完成：{one}", url)
    return one


@transaction.atomic
def decide_partner(one: Partner, *, accepted: bool, by: User) -> None:
    """Staff say whether an article was written together.

    If so the facts that stand are reversed and recorded anew, one of each organization, with how many
    share it; what that is worth is the scheme's affair. Raises ValidationError when it is decided, or
    when the article itself waits for verification; PermissionDenied.
    """
    demand(by, Verb.VERIFY, one.article.organization.path)
    if one.accepted is not None:
        raise ValidationError("这条合并已经处理过。")
    standing = counted_facts(one.article.source)
    if accepted and not standing:
        raise ValidationError("稿件本身还没有核实，请先核实稿件，再处理合并。")
    one.accepted = accepted
    one.save(update_fields=["accepted"])
    settle(f"partner:{one.pk}")
    note("article.partner", by, one, path=one.organization.path, accepted=accepted)
    if not accepted:
        return
    for fact in standing:
        ledger.reverse(fact, why=f"与{one.organization}共同完成，按分享重新入账", by=by)
    partners = one.article.partners.filter(accepted=True).select_related("organization").order_by("pk")
    writers = [one.article.organization, *(partner.organization for partner in partners)]
    for writer in writers:
        ledger.record(
            key=uuid4(), source=one.article.source, title=f"稿件：{one.article.title}（{one.article.medium}，共同完成）",
            url=one.article.get_absolute_url(), organization=writer, on=one.article.on, by=by, awaits=False,
            facts=[fact_of(one.article, writer, len(writers))],
        )  # fmt: skip
