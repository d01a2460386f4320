"""Small data folders, written as a person would."""

from __future__ import annotations

from pathlib import Path

import pytest

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.scheme.folder import load_catalogue
from sisiwu.scoring.datafolder import DataError, DataFolder, Problem, open_folder

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
CATALOGUE: Catalogue = load_catalogue(SCHEMES / "2018" / "organizations")

ORGANIZATIONS = "编号,名称,类别,上级,地区,人数\nW,厅机关党委,机关党委,,成都市,36\nA,甲支部,党支部,W,成都市,18\nB,乙支部,党支部,厅机关党委,,18\n"
MEMBERS = "编号,姓名,支部,状态,职务,起算日期\nZ1,张三,A,正式党员,书记,2001-07-01\nZ2,李四,乙支部,预备党员,,2017.7.1\n"
FACTS = "编号,类型,主体,日期,层级,数量\nF1,党课,A,2018-03-01,,\nF2,集中培训学时,Z1,2018/5/2,,16\nF3,党建文章刊发,乙支部,2018年6月7日,省级,\n"


def folder(place: Path, **files: str | bytes) -> Path:
    """A folder with the three tables; ``facts=…`` and the like replace one, in UTF-8 unless given as bytes."""
    texts: dict[str, str | bytes] = {"党组织": ORGANIZATIONS, "党员": MEMBERS, "事实": FACTS, **files}
    place.mkdir(exist_ok=True)
    for name, text in texts.items():
        data = text if isinstance(text, bytes) else text.encode()
        (place / f"{name}.csv").write_bytes(data)
    return place


def opened(place: Path) -> DataFolder:
    return open_folder(place, CATALOGUE)


def problems(place: Path) -> list[Problem]:
    with pytest.raises(DataError) as refused:
        opened(place)
    return refused.value.problems
