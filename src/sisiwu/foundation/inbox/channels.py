"""How a digest reaches a person. One way is built in; another is a class with these three things, added to CHANNELS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.inbox.models import Task

NONE = ""
"""The choice of who wants no reminders."""


@dataclass(frozen=True)
class Digest:
    """What one person is told today, the nearest deadline first."""

    user: User
    channel: str
    tasks: tuple[Task, ...]


class Channel(Protocol):
    """A way to a person. ``send`` raises when it fails; the digest is then tried again by the next run."""

    name: str
    title: str

    def send(self, digest: Digest) -> None:
        """Deliver it."""


class Site:
    """站内: the home page shows what was written down as sent; there is nothing to deliver."""

    name = "site"
    title = "站内"

    def send(self, digest: Digest) -> None:
        """The record of the digest is what the page reads."""


CHANNELS: dict[str, Channel] = {one.name: one for one in (Site(),)}
