"""Facts and reversals: from text to relations, set-wise."""

from __future__ import annotations

from sisiwu.engine.catalogue import Catalogue, FactKind
from sisiwu.engine.values import FOREVER
from sisiwu.scoring.datafolder.checking import Checker, WordError, nearest, parted
from sisiwu.scoring.datafolder.columns import sheet
from sisiwu.scoring.datafolder.texts import centi, day, whole


class Facts:
    """Makes organization_fact, member_fact, fact_name and matter_name."""

    def __init__(self, checker: Checker, catalogue: Catalogue) -> None:
        self.checker = checker
        self.catalogue = catalogue
        self.run = checker.connection.execute

    def make(self) -> None:
        """Reads, checks, applies reversals."""
        table = sheet("facts")
        self.checker.unique(table)
        self.checker.words(table, ("kind", "level"), self._code, "map_code")
        self.checker.words(table, ("kind", "marks"), self._marks, "map_fact_marks")
        self._kinds()
        self.run("""CREATE OR REPLACE TABLE matter_name AS
            SELECT CAST(row_number() OVER (ORDER BY text) AS BIGINT) AS matter, text
            FROM (SELECT DISTINCT matter AS text FROM facts_text WHERE matter IS NOT NULL)""")
        self._typed()
        self._rows()
        self._reversals()
        for what in ("organization", "member"):
            self.run(f"""CREATE OR REPLACE TABLE {what}_fact AS
                SELECT fact, subject, code, day, qty, base, matter, due, marks, sharers, recorded, voided
                FROM typed_fact WHERE sort = '{what}' ORDER BY subject, fact""")
        self.run(
            """CREATE OR REPLACE TABLE fact_name AS SELECT fact, coalesce(id, 'F' || fact) AS id FROM typed_fact"""
        )

    # --- words

    def _kind(self, word: str | None) -> FactKind:
        kind = self.catalogue.kind(word or "")
        if kind is None:
            if not word:
                raise WordError("没有写类型", "写事实字典里的类型，用 scheme facts 查")
            raise WordError("事实字典里没有这种类型", nearest(word, [known.title for known in self.catalogue.kinds]))
        return kind

    def _code(self, word: str | None, level: str | None) -> int:
        kind = self._kind(word)
        titles = [title for _, title in kind.levels]
        if level is None:
            if kind.levels:
                raise WordError(f"“{kind.title}”要写层级", f"可用的有：{'、'.join(titles)}")
            return kind.number_of(None)
        code = kind.level_code(level)
        if code is None and not kind.levels:
            raise WordError(f"“{kind.title}”不分层级", "把这一格清空", "level")
        if code is None:
            raise WordError(f"“{kind.title}”没有这个层级", nearest(level, titles), "level")
        return kind.number_of(code)

    def _marks(self, word: str | None, text: str | None) -> int:
        kind = self.catalogue.kind(word or "")
        if kind is None or text is None:
            return 0
        codes = []
        for name in parted(text):
            code = kind.mark_code(name)
            if code is None:
                known = [title for _, title in kind.marks]
                raise WordError(f"“{kind.title}”没有“{name}”这个标记", nearest(name, known), "marks")
            codes.append(code)
        return kind.mark_bits(frozenset(codes))

    def _kinds(self) -> None:
        """What each kind asks of its facts."""
        self.run("""CREATE OR REPLACE TABLE kind_asks
            (word VARCHAR, title VARCHAR, sort VARCHAR, quantity VARCHAR, base VARCHAR)""")
        words = {
            word: (word, kind.title, kind.subject, kind.quantity, kind.base)
            for kind in self.catalogue.kinds
            for word in (kind.title, kind.code)
        }
        self.checker.connection.executemany("INSERT INTO kind_asks VALUES (?, ?, ?, ?, ?)", list(words.values()))

    # --- rows

    def _typed(self) -> None:
        self.run(f"""CREATE OR REPLACE TABLE typed_fact AS
            SELECT CAST(row_number() OVER (ORDER BY t._file, t._row) AS BIGINT) AS fact, t.id, t._file, t._row,
                   k.sort, CASE WHEN k.sort = 'member' THEN m.number ELSE o.number END AS subject,
                   c.number AS code, CAST({day("t.happened")} AS BIGINT) AS day,
                   coalesce({centi("t.quantity")}, 100) AS qty, coalesce({centi("t.base")}, 100) AS base,
                   x.matter, CAST({day("t.due")} AS BIGINT) AS due, coalesce(b.number, 0) AS marks,
                   coalesce({whole("t.sharers")}, 1) AS sharers,
                   CAST(coalesce({day("t.recorded")}, {day("t.happened")}) AS BIGINT) AS recorded,
                   CAST(coalesce({day("t.voided")}, {FOREVER}) AS BIGINT) AS voided
            FROM facts_text t LEFT JOIN kind_asks k ON k.word = t.kind
            LEFT JOIN map_code c ON c.kind = t.kind AND c.level IS NOT DISTINCT FROM t.level
            LEFT JOIN map_fact_marks b ON b.kind = t.kind AND b.marks IS NOT DISTINCT FROM t.marks
            LEFT JOIN known_organization o ON o.word = t.subject AND k.sort = 'organization'
            LEFT JOIN known_member m ON m.word = t.subject AND k.sort = 'member'
            LEFT JOIN matter_name x ON x.text = t.matter""")

    def _rows(self) -> None:
        """What only shows when the columns of a row stand together."""
        facts = "typed_fact f JOIN facts_text t ON t._file = f._file AND t._row = f._row"
        ask = self.checker.ask
        orphan = f"SELECT t._file, t._row, t.subject FROM {facts} WHERE f.subject IS NULL AND t.subject IS NOT NULL"
        ask(
            f"{orphan} AND f.sort = 'organization' AND t.subject IN (SELECT word FROM known_member)",
            "主体",
            "这类事实记在党组织名下，这里写的是党员",
            "改写党组织的编号",
        )
        ask(
            f"{orphan} AND f.sort = 'organization' AND t.subject NOT IN (SELECT word FROM known_member)",
            "主体",
            "《党组织》表里没有这个编号或名称",
            "核对编号；名称有重复的写编号",
        )
        ask(
            f"{orphan} AND f.sort = 'member' AND t.subject IN (SELECT word FROM known_organization)",
            "主体",
            "这类事实记在个人名下，这里写的是党组织",
            "改写党员的编号",
        )
        ask(
            f"{orphan} AND f.sort = 'member' AND t.subject NOT IN (SELECT word FROM known_organization)",
            "主体",
            "《党员》表里没有这个编号或姓名",
            "核对编号；有同名的写编号",
        )
        asks = "facts_text t JOIN kind_asks k ON k.word = t.kind"
        ask(
            f"SELECT t._file, t._row, NULL, k.quantity FROM {asks} WHERE k.quantity <> '' AND t.quantity IS NULL",
            "数量",
            "要写{}",
            "补上{}",
        )
        single = "NOT regexp_full_match(t.quantity, '1(\\.0*)?')"
        ask(
            f"SELECT t._file, t._row, t.quantity FROM {asks} WHERE k.quantity = '' AND t.quantity IS NOT NULL AND {single}",
            "数量",
            "这类事实一行记一次，数量不能写别的",
            "几次就写几行",
        )
        ask(
            f"SELECT t._file, t._row, NULL, k.base FROM {asks} WHERE k.base <> '' AND t.base IS NULL",
            "基数",
            "要写{}",
            "补上{}",
        )
        ask(
            f"SELECT t._file, t._row, t.sharers FROM {facts} WHERE f.sharers < 1",
            "分享人数",
            "不能是 0",
            "没有平分的空着",
        )
        ask(
            f"SELECT t._file, t._row, t.recorded FROM {facts} WHERE f.recorded < f.day",
            "录入日期",
            "早于发生日期",
            "核对两个日期",
        )
        ask(
            f"SELECT t._file, t._row, t.voided FROM {facts} WHERE f.voided < f.recorded",
            "失效日期",
            "早于录入日期",
            "核对两个日期",
        )

    def _reversals(self) -> None:
        """A reversal names a fact that stands, once, and not before it was recorded."""
        run, ask = self.run, self.checker.ask
        run(f"""CREATE OR REPLACE TABLE reversal AS
            SELECT r._file, r._row, r.fact AS id, CAST({day("r.reversed")} AS BIGINT) AS day, f.fact, f.recorded, f.voided
            FROM reversals_text r LEFT JOIN typed_fact f ON f.id = r.fact""")
        ask(
            "SELECT _file, _row, id FROM reversal WHERE fact IS NULL AND id IS NOT NULL",
            "事实编号",
            "《事实》表里没有这个编号",
            "核对编号；要冲销的事实必须有编号",
        )
        ask(
            f"""SELECT _file, _row, id FROM reversal WHERE fact IS NOT NULL AND (voided < {FOREVER} OR fact IN
                (SELECT fact FROM reversal GROUP BY fact HAVING count(*) > 1))""",
            "事实编号",
            "这条事实不止一次冲销",
            "留下一条冲销",
        )
        ask(
            "SELECT _file, _row, id FROM reversal WHERE day < recorded",
            "冲销日期",
            "早于事实的录入日期",
            "核对日期",
        )
        run("UPDATE typed_fact SET voided = r.day FROM reversal r WHERE r.fact = typed_fact.fact AND r.day IS NOT NULL")
