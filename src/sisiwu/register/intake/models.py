"""A workbook between the check and the writing."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Upload(models.Model):
    """One file that somebody sent, and what the check of it said.

    Only its owner sees it; it is forgotten a day after it came, and as soon as it has been written.
    The file lies in the database and on no disk, so that forgetting it is one statement.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="上传人")
    name = models.CharField("文件名", max_length=200)
    form = models.CharField("格式", max_length=5)
    """As the content says: .xlsx, .xls, .ods, .csv."""
    content = models.BinaryField("内容")
    day = models.DateField("变动日期")
    """From when changes of what is there already hold, where the row does not say."""
    skipped = models.JSONField("不导入的行", default=list)
    """``[sheet, row]`` pairs."""
    report = models.JSONField("检查结果", default=dict)
    made_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "名册导入"
        indexes = [models.Index(fields=["made_at"], name="intake_made_at")]

    def __str__(self) -> str:
        return self.name
