"""Documents and the clauses that schemes quote."""

from __future__ import annotations

from django.db import models


class Document(models.Model):
    """One document a rule may cite; ``code`` is its id in sources.yaml.

    Read from the schemes (``actions.sync``), so that what is shown and what is scored cite the same list.
    """

    code = models.CharField("编号", max_length=60, unique=True)
    title = models.CharField("名称", max_length=200)
    issuer = models.CharField("发文机关", max_length=200, blank=True)
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("发布日期", null=True, blank=True)
    in_force_from = models.DateField("施行日期", null=True, blank=True)
    abolished_on = models.DateField("废止日期", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces", verbose_name="由何文件代替"
    )
    url = models.CharField("网址", max_length=500, blank=True)
    note = models.CharField("说明", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ["-issued_on", "title"]

    def __str__(self) -> str:
        return self.title


class Clause(models.Model):
    """One clause as a scheme quotes it; the document's other clauses are not kept here."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="clauses")
    article = models.CharField("条款", max_length=60, blank=True)
    text = models.TextField("条文")
    place = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "条款"
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return f"{self.document} {self.article}"
