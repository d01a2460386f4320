"""Published articles."""

from __future__ import annotations

import re
import unicodedata

from django.conf import settings
from django.db import models

from sisiwu.activities.entries.models import Activity
from sisiwu.register.organizations.models import Organization


class Level(models.TextChoices):
    """Level of the medium; the values are levels of ``article.published``."""

    PROVINCIAL = "provincial", "省级报刊"
    NATIONAL = "national", "国家级报刊"


class Article(Activity):
    """One article in one medium; ``on`` is the day of publication.

    ``piece`` is the title without blanks and punctuation: the same piece is recognised whoever enters it.
    """

    medium = models.CharField("报刊", max_length=60)
    level = models.CharField("级别", max_length=20, choices=Level)
    issue = models.CharField("期号、版面或网址", max_length=120, blank=True)
    authors = models.CharField("作者", max_length=100, blank=True)
    piece = models.CharField(max_length=120, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "稿件"
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["organization", "-on"], name="article_organization"),
            models.Index(fields=["piece"], name="article_piece"),
        ]


class Partner(models.Model):
    """Another organization says that it wrote an article together with the one that entered it.

    ``accepted`` None: staff have not decided yet.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="partners")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="共同完成单位")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    words = models.CharField("说明", max_length=200, blank=True)
    accepted = models.BooleanField("同意", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "共同完成单位"
        constraints = [models.UniqueConstraint(fields=["article", "organization"], name="partner_once")]

    def __str__(self) -> str:
        return f"{self.organization}：{self.article}"


def piece_of(title: str) -> str:
    """What makes two titles the same: width, blanks, punctuation and case do not count."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", title)).lower()[:120]
