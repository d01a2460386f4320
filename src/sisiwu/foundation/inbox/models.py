"""What waits."""

from __future__ import annotations

from django.db import models


class Task(models.Model):
    """One thing to do for whoever may do ``verb`` at the organization ``path``; closed when it is done.

    ``key`` names the reason (``entry:12``): raising it twice gives one task.
    """

    key = models.CharField(max_length=80, unique=True)
    verb = models.CharField(max_length=20)
    path = models.CharField(max_length=200)
    title = models.CharField("事项", max_length=200)
    url = models.CharField(max_length=200)
    due_on = models.DateField("期限", null=True)
    raised_at = models.DateTimeField("提出时间", auto_now_add=True)
    done_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "待办"
        indexes = [models.Index(fields=["verb", "done_at", "path"], name="task_open")]

    def __str__(self) -> str:
        return self.title
