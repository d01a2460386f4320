"""What a file is, by its content; what may come in, and in which form.

Pictures are written anew, so that place, camera and anything hidden behind the pixels is left out.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import PurePath

import puremagic
from django.core.exceptions import ValidationError
from PIL import Image, ImageOps, UnidentifiedImageError

SIZE_MAX = 20 * 1024 * 1024
PIXELS_MAX = 60_000_000
UNPACKED_MAX = 200 * 1024 * 1024
RATIO_MAX = 200
PARTS_MAX = 5_000
MACRO_PARTS = ("vbaproject.bin", "activex")
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
OFFICE = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "ofd": ("OFD.xml", "application/ofd"),
}
KINDS = "PDF、OFD、Word（docx）、Excel（xlsx）、PPT（pptx）、JPG、PNG"


def checked(name: str, body: bytes) -> tuple[str, str, bytes]:
    """The file's clean name, media type and bytes as they will be kept.

    Raises ValidationError in Chinese: too big, empty, of another kind than the name says, macros, bombs.
    """
    name = PurePath(name.replace("\\", "/")).name.strip()[-120:] or "材料"
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if not body:
        raise ValidationError(f"“{name}”是空文件，请重新选择。")
    if len(body) > SIZE_MAX:
        raise ValidationError(f"“{name}”有 {len(body) / 1024 / 1024:.1f} MB，超过 20 MB，请压缩或拆分后再传。")
    found = _sort(body)
    if found in PICTURES and suffix in ("jpg", "jpeg", "png", "webp"):
        return name, PICTURES[found], _redrawn(name, body)
    if found == "PDF" and suffix == "pdf":
        return name, "application/pdf", body
    if found == "ZIP" and suffix in OFFICE:
        part, media_type = OFFICE[suffix]
        _unpackable(name, body, part)
        return name, media_type, body
    raise ValidationError(f"“{name}”不是可以收的文件（按内容判断，不看扩展名）。可以收：{KINDS}。")


def _sort(body: bytes) -> str:
    if body.startswith(b"%PDF-"):
        return "PDF"
    try:
        guess = puremagic.from_string(body[:4096])
    except (puremagic.PureError, ValueError):
        return ""
    ends = {".jpg": "JPEG", ".jpeg": "JPEG", ".jfif": "JPEG", ".png": "PNG", ".webp": "WEBP"}
    return "ZIP" if body.startswith(b"PK\x03\x04") else ends.get(guess.lower(), "")


def _redrawn(name: str, body: bytes) -> bytes:
    try:
        with Image.open(BytesIO(body)) as picture:
            if picture.width * picture.height > PIXELS_MAX:
                raise ValidationError(f"“{name}”的尺寸过大（{picture.width}×{picture.height}），请缩小后再传。")
            kind, upright = picture.format, ImageOps.exif_transpose(picture)
            clean = Image.new(upright.mode, upright.size)
            if upright.mode == "P":
                clean = upright.convert("RGBA")
            else:
                clean.paste(upright)
            out = BytesIO()
            clean.info.clear()
            clean.save(out, format=kind, **({"quality": 90} if kind != "PNG" else {}))
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        raise ValidationError(f"“{name}”是损坏的图片，打不开，请重新拍照或另存后再传。") from None
    return out.getvalue()


def _unpackable(name: str, body: bytes, part: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(body)) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile:
        raise ValidationError(f"“{name}”已损坏，打不开，请重新保存后再传。") from None
    names = [one.filename for one in parts]
    if part not in names:
        raise ValidationError(f"“{name}”的内容与扩展名不符，请用办公软件另存后再传。")
    if any(word in one.lower() for one in names for word in MACRO_PARTS):
        raise ValidationError(f"“{name}”带有宏，请另存为不带宏的文件再传。")
    unpacked = sum(one.file_size for one in parts)
    if len(parts) > PARTS_MAX or unpacked > UNPACKED_MAX or unpacked > RATIO_MAX * len(body):
        raise ValidationError(f"“{name}”解开以后异常地大，不能收。")
