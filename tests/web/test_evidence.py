"""Files beside an activity: optional, typed by content, inert, opened by those who may."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.evidence import actions
from sisiwu.foundation.evidence.checking import SIZE_MAX, checked
from sisiwu.foundation.evidence.models import File
from sisiwu.register.organizations.models import Organization


def photo(kind: str = "JPEG", *, with_place: bool = False) -> bytes:
    out, exif = BytesIO(), Image.Exif()
    if with_place:
        exif[0x010F] = "SomeCamera"
        exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (40, 30), "red").save(out, kind, exif=exif)
    return out.getvalue()


def packed(*names: str, filling: bytes = b"x") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as one:
        for name in names:
            one.writestr(name, filling)
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("现场.jpg", photo()),
        ("签到表.png", photo("PNG")),
        ("纪要.pdf", PDF),
        ("纪要.docx", packed("word/document.xml")),
        ("公文.ofd", packed("OFD.xml")),
    ],
)
def test_what_an_office_files_is_taken(name: str, body: bytes) -> None:
    assert checked(name, body)[0] == name


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("病毒.jpg", b"MZ\x90\x00" + b"\0" * 100, "不是可以收的文件"),
        ("网页.pdf", b"<html><script>1</script>", "不是可以收的文件"),
        ("图.svg", b"<svg onload='1'/>", "不是可以收的文件"),
        ("空.pdf", b"", "空文件"),
        ("大.pdf", PDF + b"0" * SIZE_MAX, "超过 20 MB"),
        ("坏.jpg", photo()[:60], "损坏"),
        ("宏.xlsx", packed("xl/workbook.xml", "xl/vbaProject.bin"), "宏"),
        ("炸弹.docx", packed("word/document.xml", filling=b"0" * 300_000_000), "异常地大"),
        ("表.docx", packed("xl/workbook.xml"), "与扩展名不符"),
        ("包.zip", packed("a.txt"), "不是可以收的文件"),
    ],
)
def test_what_is_not_what_it_says_is_refused_in_plain_words(name: str, body: bytes, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        checked(name, body)

    assert words in str(caught.value)


def test_a_picture_keeps_neither_place_nor_camera() -> None:
    body = checked("现场.jpg", photo(with_place=True))[2]

    with Image.open(BytesIO(body)) as clean:
        assert not clean.getexif()
    assert b"SomeCamera" not in body


def test_a_path_in_a_name_is_cut_off() -> None:
    assert checked("..\\..\\etc/passwd.pdf", PDF)[0] == "passwd.pdf"


@pytest.fixture
def kept(person: Callable[[str], User], branch: Organization) -> File:
    key = uuid4()
    one = actions.keep([SimpleUploadedFile("纪要.pdf", PDF)], key=key, path=branch.path, by=person("wangqiang"))[0]
    actions.attach(key, "meetings.meeting:1", person("wangqiang"))
    one.refresh_from_db()
    return one


def test_the_same_file_twice_in_one_form_is_kept_once(person: Callable[[str], User], branch: Organization) -> None:
    key, uploads = uuid4(), [SimpleUploadedFile("纪要.pdf", PDF), SimpleUploadedFile("纪要（副本）.pdf", PDF)]

    actions.keep(uploads, key=key, path=branch.path, by=person("wangqiang"))

    assert File.objects.filter(key=key).count() == 1


def test_those_who_look_after_the_register_open_it_and_others_do_not_know_of_it(
    kept: File, signed_in: Callable[[str], Client]
) -> None:
    answered = {
        name: signed_in(name).get(f"/evidence/{kept.pk}/").status_code
        for name in ("zhengmin", "chentao", "sunzheng", "lina", "liuyang", "xitong")
    }

    assert answered == {"zhengmin": 200, "chentao": 200, "sunzheng": 200, "lina": 404, "liuyang": 404, "xitong": 404}


def test_it_is_served_inert(kept: File, signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("zhengmin").get(f"/evidence/{kept.pk}/")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == PDF


def test_what_was_submitted_cannot_be_taken_off(kept: File, signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("wangqiang").post(f"/evidence/{kept.pk}/drop/")

    assert answer.status_code == 409
    assert File.objects.filter(pk=kept.pk).exists()
