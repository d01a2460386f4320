"""Organizations, members and terms of office: from text to relations."""

from __future__ import annotations

from sisiwu.engine.catalogue import Catalogue, Vocabulary
from sisiwu.engine.values import FOREVER
from sisiwu.scoring.datafolder.checking import Checker, WordError, nearest, parted
from sisiwu.scoring.datafolder.columns import sheet
from sisiwu.scoring.datafolder.texts import day, whole


def _number(words: Vocabulary, what: str, word: str) -> int:
    code = words.code(word)
    if code is None:
        raise WordError(f"没有这种{what}", nearest(word, words.titles()))
    return words.number(code)


def _bits(words: Vocabulary, what: str, column: str, text: str) -> int:
    codes = []
    for word in parted(text):
        code = words.code(word)
        if code is None:
            raise WordError(f"没有“{word}”这种{what}", nearest(word, words.titles()), column)
        codes.append(code)
    return words.bits(frozenset(codes))


class Subjects:
    """Makes organization, member, post and their names; ``known`` maps ids and names to numbers."""

    def __init__(self, checker: Checker, catalogue: Catalogue) -> None:
        self.checker = checker
        self.catalogue = catalogue
        self.run = checker.connection.execute

    def organizations(self) -> None:
        catalogue, table = self.catalogue, sheet("organizations")
        self.checker.unique(table)
        self.checker.words(
            table, ("kind",), lambda word: _number(catalogue.organization_kinds, "党组织类别", word), "map_kind"
        )
        self.checker.words(table, ("region",), lambda word: _number(catalogue.regions, "地区", word), "map_region")
        marks = catalogue.organization_marks
        self.checker.words(
            table, ("marks",), lambda text: _bits(marks, "标记", "marks", text), "map_organization_marks"
        )
        self.run("""CREATE OR REPLACE TABLE organization_name AS
            SELECT CAST(row_number() OVER (ORDER BY _file, _row) AS BIGINT) AS org, id, name, _file, _row
            FROM organizations_text""")
        self._known("organization")
        self.run(f"""CREATE OR REPLACE TABLE organization AS
            SELECT n.org, p.number AS parent, coalesce(k.number, 0) AS kind, coalesce(r.number, 0) AS region,
                   coalesce({whole("t.size")}, 0) AS size, coalesce(m.number, 0) AS marks,
                   CAST(coalesce({day("t.since")}, 0) AS BIGINT) AS since
            FROM organizations_text t JOIN organization_name n ON n._file = t._file AND n._row = t._row
            LEFT JOIN known_organization p ON p.word = t.parent
            LEFT JOIN map_kind k ON k.kind = t.kind LEFT JOIN map_region r ON r.region = t.region
            LEFT JOIN map_organization_marks m ON m.marks = t.marks ORDER BY n.org""")
        self._reference("organizations", "parent", "上级", "organization")
        self._circles()

    def _circles(self) -> None:
        self.checker.ask(
            """WITH RECURSIVE up AS (
                   SELECT org AS start, parent, 1 AS steps FROM organization WHERE parent IS NOT NULL
                   UNION ALL SELECT u.start, o.parent, u.steps + 1 FROM up u JOIN organization o ON o.org = u.parent
                   WHERE o.parent IS NOT NULL AND u.parent <> u.start AND u.steps < 40)
               SELECT DISTINCT n._file, n._row, n.id FROM up JOIN organization_name n ON n.org = up.start
               WHERE up.parent = up.start OR up.steps >= 40""",
            "上级",
            "上级关系绕成了一圈",
            "沿着上级一级一级查，改掉写错的那一格",
        )

    def members(self) -> None:
        catalogue, table = self.catalogue, sheet("members")
        self.checker.unique(table)
        self.checker.words(table, ("status",), lambda word: _number(catalogue.statuses, "状态", word), "map_status")
        positions, marks = catalogue.positions, catalogue.member_marks
        self.checker.words(table, ("posts",), lambda text: _bits(positions, "职务", "posts", text), "map_posts")
        self.checker.words(table, ("marks",), lambda text: _bits(marks, "标记", "marks", text), "map_member_marks")
        self.run("""CREATE OR REPLACE TABLE member_name AS
            SELECT CAST(row_number() OVER (ORDER BY _file, _row) AS BIGINT) AS member, id, name, _file, _row
            FROM members_text""")
        self._known("member")
        full = catalogue.statuses.number("full") if catalogue.statuses.code("full") else 0
        self.run(f"""CREATE OR REPLACE TABLE member AS
            SELECT n.member, coalesce(b.number, 0) AS branch, coalesce(s.number, {full}) AS status,
                   coalesce(p.number, 0) AS posts, coalesce(m.number, 0) AS marks,
                   CAST(coalesce({day("t.since")}, 0) AS BIGINT) AS since, CAST(0 AS BIGINT) AS cycle
            FROM members_text t JOIN member_name n ON n._file = t._file AND n._row = t._row
            LEFT JOIN known_organization b ON b.word = t.branch LEFT JOIN map_status s ON s.status = t.status
            LEFT JOIN map_posts p ON p.posts = t.posts LEFT JOIN map_member_marks m ON m.marks = t.marks
            ORDER BY n.member""")
        self._reference("members", "branch", "支部", "organization")

    def posts(self) -> None:
        words = self.catalogue.positions
        table = sheet("positions")
        self.checker.words(table, ("position",), lambda word: _number(words, "职务", word), "map_position")
        self.run(f"""CREATE OR REPLACE TABLE post AS
            SELECT coalesce(m.number, 0) AS member, coalesce(o.number, 0) AS org, coalesce(p.number, 0) AS position,
                   CAST(coalesce({day("t.start")}, 0) AS BIGINT) AS start_day,
                   CAST(coalesce({day("t.stop")} + 1, {FOREVER}) AS BIGINT) AS stop_day
            FROM positions_text t LEFT JOIN known_member m ON m.word = t.member
            LEFT JOIN known_organization o ON o.word = t.organization
            LEFT JOIN map_position p ON p.position = t.position""")
        self._reference("positions", "member", "党员", "member")
        self._reference("positions", "organization", "党组织", "organization")
        self.checker.ask(
            f"SELECT _file, _row, stop FROM positions_text WHERE {day('stop')} < {day('start')}",
            "免职日期",
            "早于任职日期",
            "核对两个日期",
        )

    def _known(self, what: str) -> None:
        """Ids, and names that only one has and that are nobody's id."""
        key = "org" if what == "organization" else "member"
        self.run(f"""CREATE OR REPLACE TABLE known_{what} AS
            SELECT id AS word, min({key}) AS number FROM {what}_name WHERE id IS NOT NULL GROUP BY id
            UNION ALL
            SELECT name, min({key}) FROM {what}_name WHERE name NOT IN (SELECT id FROM {what}_name WHERE id IS NOT NULL)
            AND name IS NOT NULL GROUP BY name HAVING count(*) = 1""")

    def _reference(self, table: str, column: str, title: str, what: str) -> None:
        """Every word of a column names one organization or member."""
        name = "党组织" if what == "organization" else "党员"
        missing = f"""SELECT t._file, t._row, t.{column} FROM {table}_text t
            WHERE t.{column} IS NOT NULL AND t.{column} NOT IN (SELECT word FROM known_{what} WHERE word IS NOT NULL)"""
        twice = f"(SELECT name FROM {what}_name WHERE name IS NOT NULL GROUP BY name HAVING count(*) > 1)"
        self.checker.ask(
            f"SELECT * FROM ({missing}) WHERE {column} IN {twice}", title, f"有几个{name}都叫这个名称", "改写编号"
        )
        self.checker.ask(
            f"SELECT * FROM ({missing}) WHERE {column} NOT IN {twice}",
            title,
            f"《{name}》表里没有这个编号或名称",
            f"核对编号；确有此{name}的，先加进《{name}》表",
        )
