"""The form of an upload."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from sisiwu.foundation.spreadsheets.trust import SIZE_MAX
from sisiwu.foundation.ui.forms import DayField, FormMixin


class UploadForm(FormMixin, forms.Form):
    """One file, and from when changes hold."""

    file = forms.FileField(
        label="名册表格",
        help_text="Excel、WPS、LibreOffice 的工作簿（.xlsx、.xls、.ods）或 CSV，20 MB 以内；全国系统导出的党员表也可以",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.xlsm"}),
        error_messages={"required": "请先选择一个文件。", "empty": "文件是空的，请下载空白表样，填好再上传。"},
    )
    day = DayField(
        label="变动从哪一天起",
        help_text="已有的组织改名、改隶属，党员转支部，表里没有写日期的，从这一天起算",
        initial=timezone.localdate,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > SIZE_MAX:
            raise forms.ValidationError("文件超过 20 MB。请删去图片和用不到的工作表，或分几份导入。")
        return file

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError("不能是将来的日子，到时再导入。")
        return day
