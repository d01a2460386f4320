"""What follows from a decision or a reversal on the floors above: a room says here what it does then.

The ledger cannot know who asked for an activity; who does (assignments) registers a handler when the
program starts. Handlers are called by ``ledger.actions`` itself, in the order of their registration
and inside the transaction of the deed: one that raises takes everything back.
"""

from __future__ import annotations

from collections.abc import Callable

from sisiwu.ledger.models import Decision, Entry, Fact, Reversal


class Moment[**P]:
    """A deed of the ledger that others follow up."""

    def __init__(self) -> None:
        self._handlers: list[Callable[P, None]] = []

    def register(self, handler: Callable[P, None]) -> None:
        """From now on this is called, too."""
        self._handlers.append(handler)

    def follow_up(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call all, in order."""
        for handler in self._handlers:
            handler(*args, **kwargs)


on_decision: Moment[[Entry, Decision]] = Moment()
"""An entry was accepted or returned."""
on_reversal: Moment[[Fact, Reversal]] = Moment()
"""A fact counts no longer."""
