"""How long a register of any size takes to come in, and how much memory: ``make intake``; measured, not asserted.

``python tests/scale/import_a_register.py 10000 100000`` makes a workbook of 10,000 organizations and 100,000
members with a secretary each, imports it into a new SQLite database through ``register import``, then
checks the same file again (nothing changes) and exports.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).resolve().parents[2]
GIVEN, SURNAMES = "伟芳娜敏静强磊军洋勇艳杰涛明超霞平刚桂英", "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def make(path: Path, organizations: int, members: int) -> None:
    """A root, a committee for every hundred branches, branches with members in turn."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("党组织")
        page.write_row(
            0,
            0,
            [
                "编号",
                "名称",
                "类别",
                "上级",
                "地区",
                "基层一线单位",
                "窗口单位",
                "常用地点",
                "成立日期",
                "本届选举日期",
            ],
        )
        for at in range(organizations):
            committee = at // 100 * 100 + 1
            kind, above = ("党支部", f"G{committee:05d}") if at % 100 != 1 else ("机关党委", "G00000")
            kind, above = ("党委", "") if at == 0 else (kind, "G00000" if at == 1 else above)
            above = "G00000" if at and at < committee else above
            row = [
                f"G{at:05d}",
                f"规模测试第{at}{kind}",
                kind,
                above,
                "成都市",
                "是",
                "否",
                "会议室",
                "2015-03-02",
                "2024-03-01",
            ]
            page.write_row(at + 1, 0, row)
        page = book.add_worksheet("党员")
        page.write_row(0, 0, ["编号", "姓名", "所在支部", "党籍", "民警", "入党日期", "编入支部日期"])
        for at in range(members):
            name = SURNAMES[at % 20] + GIVEN[at // 20 % 20] + GIVEN[at // 400 % 20]
            branch = 2 + at % (organizations - 2)
            page.write_row(
                at + 1, 0, [f"P{at:06d}", name, f"G{branch:05d}", "正式党员", "是", "2010-07-01", "2018-01-02"]
            )
        page = book.add_worksheet("任职")
        page.write_row(0, 0, ["党员编号", "党组织", "职务", "任职日期"])
        for at in range(min(organizations - 2, members)):
            page.write_row(at + 1, 0, [f"P{at:06d}", f"G{at + 2:05d}", "书记", "2024-03-01"])


def timed(word: str, *command: str, var: str) -> None:
    environment = {**os.environ, "SISIWU_VAR": var, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "sisiwu", *command], env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{word}: {seconds:.1f} s, largest process so far {peak:.0f} MB")
    print("  " + "\n  ".join((done.stdout + done.stderr).strip().splitlines()[-5:]))


def main(organizations: int, members: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.xlsx"
        make(file, organizations, members)
        print(f"{organizations} organizations, {members} members, {file.stat().st_size / 1e6:.1f} MB")
        timed("migrate", "manage", "migrate", "-v", "0", var=folder)
        timed("dry run", "register", "import", str(file), "--dry-run", var=folder)
        timed("import", "register", "import", str(file), var=folder)
        timed("the same again", "register", "import", str(file), var=folder)
        timed("export", "register", "export", f"{folder}/out.xlsx", var=folder)
        timed("what was exported, dry run", "register", "import", f"{folder}/out.xlsx", "--dry-run", var=folder)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3] or ("10000", "100000")))
