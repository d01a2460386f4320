"""A workbook comes in: what the check says, what is written, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.web.registers import MEMBERS, ORGANIZATIONS, POSITIONS, whole, workbook

from sisiwu.demo.cast import BRANCH, NEIGHBOUR
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.register.intake import actions, sheets
from sisiwu.register.intake.models import Upload
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.actions import change, dissolve, found
from sisiwu.register.organizations.models import Organization
from sisiwu.register.positions.models import Holding

type Sent = Callable[..., Upload]


@pytest.fixture
def sent(person: Callable[[str], User], today: date) -> Sent:
    """A workbook that somebody (default: the committee's staff) sent."""

    def send(content: bytes, name: str = "名册.xlsx", by: str = "zhengmin", day: date | None = None) -> Upload:
        return actions.receive(content, name, day=day or today, by=person(by))

    return send


def test_the_whole_register_comes_in_from_one_workbook(sent: Sent, person: Callable[[str], User]) -> None:
    actions.write(sent(whole()), by=person("zhengmin"))

    branch = Organization.objects.get(code="DZ9002")
    assert branch.parent is not None
    assert branch.parent.name == "援疆警队临时党委"
    assert branch.path.startswith(branch.parent.path)
    assert branch.region == 510_100
    assert branch.versions.get().since == date(2024, 2, 1)
    assert branch.terms.get().due_on == date(2027, 2, 2)
    assert [(one.name, one.joined_on) for one in branch.members.order_by("code")] == [
        ("单雄信", date(2010, 7, 1)), ("张三", date(2025, 7, 1)),
    ]  # fmt: skip
    assert branch.members.get(name="单雄信").spoken == "shanxiongxin sxx"
    assert branch.members.get(name="张三").memberships.get().since == date(2025, 7, 1)
    assert branch.holdings.get().member.name == "单雄信"


def test_every_row_is_in_the_log_as_if_entered_by_hand(sent: Sent, person: Callable[[str], User]) -> None:
    last = LogEntry.objects.latest("pk").pk

    actions.write(sent(whole()), by=person("zhengmin"))

    acts = list(LogEntry.objects.filter(pk__gt=last).values_list("act", flat=True))
    assert sorted(acts) == sorted([
        *["organization.found"] * 2, *["member.enter"] * 2, "position.appoint", "position.elect", "intake.write",
    ])  # fmt: skip
    member = Member.objects.get(code="M9001")
    assert LogEntry.objects.filter(person=member.pk, act="member.enter", by__username="zhengmin").exists()


def test_the_check_writes_nothing(sent: Sent) -> None:
    report = sent(whole()).report

    assert report["counts"][1]["new"] == 2
    assert not Organization.objects.filter(code__startswith="DZ9").exists()
    assert not Member.objects.filter(code__in=["M9001", "M9002"]).exists()


def test_the_order_of_rows_and_sheets_does_not_matter(sent: Sent, person: Callable[[str], User]) -> None:
    head, *rows = ORGANIZATIONS
    content = workbook(任职=POSITIONS, 党员=MEMBERS, 党组织=[head, *reversed(rows)])

    actions.write(sent(content), by=person("zhengmin"))

    assert Organization.objects.get(code="DZ9002").parent == Organization.objects.get(code="DZ9001")


def test_one_wrong_row_holds_back_the_whole_file(sent: Sent, person: Callable[[str], User]) -> None:
    one = sent(whole(党员=[*MEMBERS, ("M9003", "罗成", "没有的支部", "", "", "")]))

    assert not actions.write(one, by=person("zhengmin"))

    assert not Organization.objects.filter(code__startswith="DZ9").exists()
    assert one.report["wrong_count"] == 1


def test_a_row_that_is_left_out_holds_nothing_back(sent: Sent, person: Callable[[str], User]) -> None:
    one = sent(whole(党员=[*MEMBERS, ("M9003", "罗成", "没有的支部", "", "", "")]))

    actions.leave_out(one, [("党员", 4)], by=person("zhengmin"))

    assert actions.write(one, by=person("zhengmin"))
    assert Member.objects.filter(code="M9002").exists()
    assert not Member.objects.filter(code="M9003").exists()


def test_all_wrong_rows_are_left_out_with_those_that_need_them(sent: Sent, person: Callable[[str], User]) -> None:
    wrong = [ORGANIZATIONS[0], ORGANIZATIONS[1], (*ORGANIZATIONS[2][:5], "2024-02-30", "")]
    one = sent(whole(党组织=wrong))
    assert one.report["wrong_count"] == 1

    actions.leave_out_all_wrong(one, by=person("zhengmin"))

    assert one.report["problems"] == []
    assert {(page, row) for page, row in one.skipped} == {("党组织", 3), ("党员", 2), ("党员", 3), ("任职", 2)}
    assert actions.write(one, by=person("zhengmin"))
    assert Organization.objects.filter(code="DZ9001").exists()


def test_more_rows_left_out_than_the_page_shows_stay_left_out(sent: Sent, signed_in: Callable[[str], Client]) -> None:
    one = sent(
        workbook(党员=[MEMBERS[0], MEMBERS[1], *((f"M{8000 + at}", "罗成", "没有", "", "", "") for at in range(250))])
    )
    staff = signed_in("zhengmin")
    page = staff.post(f"/intake/{one.pk}/", {"do": "skip-all"}, follow=True).content.decode()
    staff.post(f"/intake/{one.pk}/", {"do": "skip", "row": ["党员:3", "党员:4"]})

    one.refresh_from_db()
    assert page.count('name="row"') == 200
    assert one.report["skipped"] == 2 + 51


def test_what_is_there_already_is_changed_from_a_day_on(
    sent: Sent, person: Callable[[str], User], branch: Organization, today: date
) -> None:
    lina, other = Member.objects.get(name="李娜"), Organization.objects.get(name=NEIGHBOUR)
    content = workbook(
        党组织=[
            ("编号", "名称", "常用地点", "变更日期"),
            (branch.code, "刑侦总队直属党支部", "五楼", str(today - timedelta(days=3))),
        ],
        党员=[("编号", "姓名", "支部", "党籍"), (lina.code, "李娜", NEIGHBOUR, "预备党员")],
    )

    one = sent(content, day=today - timedelta(days=1))
    actions.write(one, by=person("zhengmin"))

    assert [(c["what"], c["before"], c["after"]) for c in one.report["changes"]] == [
        ("名称", BRANCH, "刑侦总队直属党支部"), ("常用地点", "刑侦总队会议室", "五楼"),
        ("党籍", "正式党员", "预备党员"), ("所在支部", BRANCH, NEIGHBOUR),
    ]  # fmt: skip
    branch.refresh_from_db()
    lina.refresh_from_db()
    assert (branch.name, branch.place) == ("刑侦总队直属党支部", "五楼")
    assert [(v.name, v.until) for v in branch.versions.all()] == [
        (BRANCH, today - timedelta(days=3)), ("刑侦总队直属党支部", None),
    ]  # fmt: skip
    assert (lina.branch, lina.status) == (other, 2)
    assert lina.memberships.get(until__isnull=True).since == today - timedelta(days=1)


def test_a_subtree_may_change_places_with_what_is_above_it(sent: Sent, person: Callable[[str], User]) -> None:
    actions.write(sent(whole()), by=person("zhengmin"))
    swapped = [
        ("编号", "名称", "上级"),
        ("DZ9001", "援疆警队临时党委", "DZ9002"),
        ("DZ9002", "援疆第一党支部", "厅机关党委"),
    ]

    actions.write(sent(workbook(党组织=swapped)), by=person("zhengmin"))

    upper, lower = Organization.objects.get(code="DZ9002"), Organization.objects.get(code="DZ9001")
    assert lower.parent == upper
    assert lower.path.startswith(upper.path)


def test_a_secretary_is_relieved_and_another_appointed_in_one_file(
    sent: Sent, person: Callable[[str], User], branch: Organization, today: date
) -> None:
    held, day = Holding.objects.get(organization=branch, position=1), str(today - timedelta(days=2))
    rows = [
        ("姓名", "党组织", "职务", "任职日期", "免职日期"),
        ("李娜", BRANCH, "书记", day, ""), ("王强", BRANCH, "书记", str(held.since), day),
    ]  # fmt: skip

    actions.write(sent(workbook(任职=rows)), by=person("zhengmin"))

    assert Holding.objects.get(organization=branch, position=1, until__isnull=True).member.name == "李娜"
    assert person("lina").grants.filter(role="secretary", path=branch.path).exists()


def test_a_position_of_the_past_is_kept_as_the_past(
    sent: Sent, person: Callable[[str], User], branch: Organization
) -> None:
    rows = [
        ("姓名", "党组织", "职务", "任职日期", "免职日期"),
        ("李娜", BRANCH, "书记", branch.founded_on, str(branch.founded_on + timedelta(days=90))),
    ]

    assert actions.write(sent(workbook(任职=rows)), by=person("zhengmin"))

    past = Holding.objects.get(member__name="李娜")
    assert past.until == branch.founded_on + timedelta(days=90)


def test_a_register_that_changed_after_the_check_is_shown_again_and_not_written(
    sent: Sent, person: Callable[[str], User], branch: Organization, today: date
) -> None:
    one = sent(workbook(党组织=[("编号", "名称"), (branch.code, "刑侦总队直属党支部")]))
    change(branch, on=today - timedelta(days=5), why="机构改革", by=person("zhengmin"), name="刑侦总队机关党支部")

    assert not actions.write(one, by=person("zhengmin"))

    branch.refresh_from_db()
    one.refresh_from_db()
    assert branch.name == "刑侦总队机关党支部"
    assert one.report["changes"][0]["before"] == "刑侦总队机关党支部"
    assert actions.write(one, by=person("zhengmin"))


def test_a_file_is_forgotten_when_it_is_written_and_after_a_day(sent: Sent, person: Callable[[str], User]) -> None:
    written, old = sent(whole()), sent(workbook(党员=MEMBERS))
    Upload.objects.filter(pk=old.pk).update(made_at=timezone.now() - timedelta(hours=25))
    actions.write(written, by=person("zhengmin"))

    actions.forget()

    assert not Upload.objects.exists()
    with pytest.raises(ValidationError, match="已经导入过"):
        actions.write(written, by=person("zhengmin"))


def test_rows_outside_the_own_part_of_the_tree_are_refused(sent: Sent) -> None:
    rows = [*MEMBERS[:1], ("M9001", "单雄信", "成都市公安局机关第一党支部", "", "", "")]
    above = [ORGANIZATIONS[0], ("DZ9001", "新党委", "党委", "省公安厅党委", "", "2024-01-05", "")]

    problems = sent(workbook(党组织=above, 党员=rows)).report["problems"]

    assert [(one["page"], one["row"], one["told"][0]["message"]) for one in problems] == [
        ("党组织", 2, "上级不在您的管理范围内"), ("党员", 2, "这个支部不在您的管理范围内"),
    ]  # fmt: skip


def test_a_number_outside_the_own_part_is_taken_and_tells_nothing_else(sent: Sent) -> None:
    other = Member.objects.filter(branch__name="成都市公安局机关第一党支部")[0]

    report = sent(workbook(党员=[MEMBERS[0], (other.code, "单雄信", BRANCH, "", "", "")])).report

    assert "编号已被使用" in report["problems"][0]["told"][0]["message"]
    assert other.name not in str(report)


def test_who_keeps_no_register_sends_nothing(sent: Sent) -> None:
    with pytest.raises(PermissionDenied):
        sent(whole(), by="wangqiang")


@pytest.mark.holds("R9", "全国系统的导出表直接导入：要的列取用，不采集的列写明略过，再导入一次什么也不变")
def test_what_the_national_system_exports_is_read_and_the_rest_is_named(
    sent: Sent, person: Callable[[str], User]
) -> None:
    """R9 (rulebook.md): nothing is asked that the export already holds; what is not kept is not stored."""
    sheet = [
        ("党员基本信息",), ("单位：四川省公安厅", "", "2026年11月"),
        ("序号", "姓名", "身份证号码", "性别", "人员类别", "所在党支部", "加入党组织日期", "家庭住址", "婚姻状况", "党籍状态", "爱好"),
        (1, "单雄信", "510104197105062016", "男", "正式党员", BRANCH, 36708, "青羊区", "已婚", "正常", "—"),
        (2, "罗成", "510104199001010000", "男", "预备党员", BRANCH, "2025.7.1", "无", "未婚", "停止党籍", ""),
        ("合计", "2人"),
    ]  # fmt: skip

    one = sent(workbook(花名册=sheet))
    notes, problems = "；".join(one.report["notes"]), one.report["problems"]
    actions.leave_out_all_wrong(one, by=person("zhengmin"))
    actions.write(one, by=person("zhengmin"))

    assert "《花名册》里不采集，已略过：身份证号码、性别、家庭住址、婚姻状况" in notes
    assert "没有用到的列：爱好" in notes
    assert [(p["row"], p["told"][0]["column"], p["told"][0]["value"]) for p in problems] == [
        (5, "党籍状态", "停止党籍")
    ]
    member = Member.objects.get(name="单雄信")
    assert member.joined_on == date(2000, 7, 1)
    assert member.code.startswith("M")
    assert "510104" not in str(one.report) + str(list(LogEntry.objects.values_list("detail")))


def test_the_export_of_the_national_system_again_changes_nothing(sent: Sent, person: Callable[[str], User]) -> None:
    sheet = [("姓名", "人员类别", "所在党支部"), ("单雄信", "正式党员", BRANCH)]
    actions.write(sent(workbook(党员=sheet)), by=person("zhengmin"))

    assert sent(workbook(党员=sheet)).report["is_empty"]


def test_the_template_read_as_it_is_says_there_is_nothing_in_it(sent: Sent) -> None:
    report = sent(sheets.template()).report

    assert [one["told"][0]["message"] for one in report["problems"]] == ["只有表头，没有内容"]
    assert "《党员》里的示例行没有读" in report["notes"]


def test_a_filled_template_is_read_with_its_example_row_in_it(sent: Sent) -> None:
    book = openpyxl.load_workbook(BytesIO(sheets.template()))
    book["党组织"].append(["DZ9001", "援疆党支部", "党支部", "厅机关党委", "", "", "", "", "2024-01-05"])
    buffer = BytesIO()
    book.save(buffer)

    report = sent(buffer.getvalue()).report

    assert (report["problems"], report["counts"][0]["new"]) == ([], 1)
    assert [rule.formula1 for rule in book["党组织"].data_validations.dataValidation if rule.type == "list"][
        1
    ].startswith('"省直,成都市')


def test_the_own_workbook_comes_back_with_the_wrong_cells_marked(
    sent: Sent, person: Callable[[str], User], today: date
) -> None:
    one = sent(whole(党员=[*MEMBERS, ("M9003", "罗成", "援疆第一支部", "", f"{today.year + 1}-07-01", "")]))

    body, name = actions.marked(one, by=person("zhengmin"))

    page = openpyxl.load_workbook(BytesIO(body))["党员"]
    assert name == "名册-标注.xlsx"
    assert "援疆第一党支部" in page["C4"].comment.text
    assert page["C4"].fill.fgColor.rgb == "00F6C7C3"
    assert "日期在将来" in page["E4"].comment.text
    assert (page["G1"].value, page["A4"].value, page["A2"].comment) == ("问题", "M9003", None)
    assert "所在支部：表里和名册里都没有这个组织" in page["G4"].value


def test_other_forms_come_back_as_the_wrong_rows_which_mended_go_in(sent: Sent, person: Callable[[str], User]) -> None:
    text = f"编号,姓名,所在支部\nM9001,单雄信,{BRANCH}\nM9002,罗成,没有的支部\n"
    one = sent(text.encode("gbk"), "名册.csv")

    body, name = actions.marked(one, by=person("zhengmin"))
    book = openpyxl.load_workbook(BytesIO(body))
    wrong = [[cell.value for cell in row] for row in book["党员"].iter_rows(min_row=2)]
    book["党员"]["C2"] = BRANCH
    buffer = BytesIO()
    book.save(buffer)

    assert name == "名册-有问题的行.xlsx"
    assert [row[1] for row in wrong] == ["罗成"]
    assert "第 3 行" in wrong[0][-1]
    assert sent(buffer.getvalue()).report["problems"] == []


def test_the_pages_from_the_file_to_the_register(signed_in: Callable[[str], Client]) -> None:
    staff = signed_in("zhengmin")
    file = SimpleUploadedFile("名册.xlsx", whole(党员=[*MEMBERS, ("M9003", "罗成", "没有的支部", "", "", "")]))

    checked = staff.post("/intake/", {"file": file, "day": "今天"}, follow=True)
    address = checked.redirect_chain[-1][0]
    page = checked.content.decode()
    again = staff.post(address, {"do": "skip", "row": "党员:4"}, follow=True).content.decode()
    done = staff.post(address, {"do": "write"}, follow=True).content.decode()

    assert "《党员》第 4 行" in page
    assert "写入名册" not in page
    assert "写入名册" in again
    assert "已写入名册。党组织新增 2、变更 0；党员新增 2、变更 0；任职新增 1、变更 0。" in done
    assert "已经导入过，或已过期" in staff.post(address, {"do": "write"}, follow=True).content.decode()


def test_nobody_sees_the_file_of_somebody_else(signed_in: Callable[[str], Client], sent: Sent) -> None:
    one, other = sent(whole()), signed_in("hejing")

    assert other.get(f"/intake/{one.pk}/").status_code == 404
    assert other.get(f"/intake/{one.pk}/marked/").status_code == 404
    other.post(f"/intake/{one.pk}/", {"do": "drop"})
    assert Upload.objects.filter(pk=one.pk).exists()


def test_a_file_that_is_no_table_is_told_beside_the_field(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("zhengmin").post(
        "/intake/", {"file": SimpleUploadedFile("名册.xlsx", b"%PDF-1.7 ..."), "day": "今天"}
    )

    assert answer.status_code == 422
    assert "这是 PDF 文件，不是表格" in answer.content.decode()


def test_a_day_in_the_future_is_refused(signed_in: Callable[[str], Client], today: date) -> None:
    file = SimpleUploadedFile("名册.xlsx", whole())

    answer = signed_in("zhengmin").post("/intake/", {"file": file, "day": str(today + timedelta(days=1))})

    assert "不能是将来的日子" in answer.content.decode()


def test_a_branch_dissolved_between_check_and_writing_is_noticed(
    sent: Sent, person: Callable[[str], User], today: date
) -> None:
    parent = Organization.objects.get(name="厅机关党委")
    short = found(code="DZ9100", name="短命党支部", kind=631, parent=parent, on=today - timedelta(days=9), by=None)
    one = sent(workbook(党员=[MEMBERS[0], ("M9001", "单雄信", "短命党支部", "", "", "")]))
    dissolve(short, on=today, why="任务完成", by=person("zhengmin"))

    assert not actions.write(one, by=person("zhengmin"))

    one.refresh_from_db()
    assert "已于" in one.report["problems"][0]["told"][0]["message"]
