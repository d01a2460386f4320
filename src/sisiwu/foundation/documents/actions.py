"""Reading the registers of the schemes into the list of documents."""

from __future__ import annotations

from collections import defaultdict

from django.conf import settings
from django.db import transaction

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.documents.models import Clause, Document
from sisiwu.foundation.documents.reading import clauses, number_of, sources
from sisiwu.foundation.documents.seed import NAMED

FIELDS = ("title", "issuer", "number", "issued_on", "abolished_on", "url", "note")


@transaction.atomic
def sync(by: User | None = None) -> tuple[int, int]:
    """Take over schemes/**/sources.yaml and the quoted clauses; run again it changes nothing.

    Gives how many documents and clauses there are. A document that is named no longer stays: it may be
    cited by what was scored. Raises PermissionDenied.
    """
    if by is not None:
        demand(by, Verb.REGISTER)
    rows = [
        Document(
            code=one.id, title=one.title[:200], issuer=one.issuer[:200], number=number_of(one.title),
            issued_on=one.issued_on, abolished_on=one.abolished_on, url=one.url[:500], note=one.note[:1000],
        )
        for one in sources(settings.SISIWU_SCHEMES)
    ]  # fmt: skip
    rows += [Document(code=code, title=title, issuer=issuer, note=words) for code, title, issuer, words in NAMED]
    Document.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=FIELDS)
    known = {one.code: one for one in Document.objects.all()}
    _replace(known)
    quoted: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for clause in clauses(settings.SISIWU_SCHEMES):
        if clause.source in known:
            quoted[clause.source][clause.article[:60], clause.text] = None
    there = defaultdict(list)
    for code, article, text in Clause.objects.values_list("document__code", "article", "text"):
        there[code].append((article, text))
    changed = [code for code in known if there[code] != list(quoted[code])]
    if changed:
        Clause.objects.filter(document__code__in=changed).delete()
        Clause.objects.bulk_create(
            [
                Clause(document=known[code], article=article, text=text, place=place)
                for code in changed
                for place, (article, text) in enumerate(quoted[code])
            ]
        )
    if by is not None:
        note("documents.sync", by, "文件与条款", documents=len(rows), changed=len(changed))
    return len(known), sum(len(one) for one in quoted.values())


def _replace(known: dict[str, Document]) -> None:
    """A later edition of the same name replaces what was abolished when it came."""
    for one in known.values():
        if one.abolished_on is None or one.replaced_by_id:
            continue
        base = one.title.partition("（")[0]
        newer = [
            other
            for other in known.values()
            if other.pk != one.pk and other.title.partition("（")[0] == base and other.issued_on == one.abolished_on
        ]
        if newer:
            one.replaced_by = newer[0]
            one.save(update_fields=["replaced_by"])
