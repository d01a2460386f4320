"""A request of somebody who is signed in, for type checkers."""

from __future__ import annotations

from django.http import HttpRequest

from sisiwu.foundation.accounts.models import User


class Request(HttpRequest):
    user: User
