"""Rows of the relations as plain records, for explanations."""

from __future__ import annotations

import duckdb

from sisiwu.engine.catalogue import Catalogue, FactKind, Vocabulary
from sisiwu.engine.records import Dataset, Fact, Member, Organization, Position


def records(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, subjects: set[int] | None) -> Dataset:
    """The dataset; with ``subjects`` only facts of these organizations and of their members."""
    run = connection.execute
    marks, posts = catalogue.organization_marks, catalogue.positions
    organizations = tuple(
        Organization(org, id_, name, kind, parent, region, size, _codes(marks, bits), since)
        for org, parent, kind, region, size, bits, since, id_, name in run(
            "SELECT o.*, n.id, n.name FROM organization o JOIN organization_name n USING (org) ORDER BY org"
        ).fetchall()
    )
    members = tuple(
        Member(
            number,
            id_,
            name,
            branch,
            catalogue.statuses.code_of(status) or "",
            _codes(posts, held),
            _codes(catalogue.member_marks, bits),
            since,
        )
        for number, branch, status, held, bits, since, _, id_, name in run(
            "SELECT m.*, n.id, n.name FROM member m JOIN member_name n USING (member) ORDER BY member"
        ).fetchall()
    )
    terms = tuple(
        Position(member, org, posts.code_of(position) or "", start, stop)
        for member, org, position, start, stop in run("SELECT * FROM post").fetchall()
    )
    kinds = {kind.number: kind for kind in catalogue.kinds}
    listed = ", ".join(str(number) for number in sorted(subjects or ())) or "NULL"
    mine = "true" if subjects is None else f"f.subject IN ({listed})"
    theirs = "true" if subjects is None else f"f.subject IN (SELECT member FROM member WHERE branch IN ({listed}))"
    return Dataset(
        organizations,
        members,
        terms,
        _facts(connection, "organization_fact", mine, kinds),
        _facts(connection, "member_fact", theirs, kinds),
    )


def _codes(words: Vocabulary, bits: int) -> frozenset[str]:
    return frozenset(code for place, (_, code, _) in enumerate(words.entries) if bits >> place & 1)


def _facts(
    connection: duckdb.DuckDBPyConnection, table: str, where: str, kinds: dict[int, FactKind]
) -> tuple[Fact, ...]:
    rows = connection.execute(
        f"SELECT f.*, n.id, x.text FROM {table} f JOIN fact_name n ON n.fact = f.fact "
        f"LEFT JOIN matter_name x ON x.matter = f.matter WHERE {where} ORDER BY f.subject, f.fact"
    ).fetchall()
    return tuple(_fact(row, kinds) for row in rows)


def _fact(row: tuple[int, ...], kinds: dict[int, FactKind]) -> Fact:
    number, subject, code, day, qty, base, _, due, bits, sharers, recorded, voided, id_, matter = row
    kind = kinds[code // 100]
    level = kind.levels[code % 100 - 1][0] if code % 100 else None
    marks = frozenset(name for place, (name, _) in enumerate(kind.marks) if bits >> place & 1)
    return Fact(
        number, str(id_), kind.code, subject, day, level, qty, base, str(matter) if matter is not None else None,
        due, marks, sharers, recorded, voided,
    )  # fmt: skip
