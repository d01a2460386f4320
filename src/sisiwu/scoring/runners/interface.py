"""What every runner can do."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from sisiwu.scoring.relations import Source


@dataclass(frozen=True)
class Answer:
    """The rows of a statement, every value a whole number or None."""

    columns: tuple[str, ...]
    rows: list[tuple[int | None, ...]]


class Runner(Protocol):
    """A database that holds the relations and runs a statement over them."""

    dialect: str

    def load(self, relations: Source) -> None:
        """Replaces what is loaded."""

    def run(self, statement: str, subject: int | None = None) -> Answer:
        """Runs one statement of this dialect; ``subject`` is whom a live score is about."""

    def close(self) -> None:
        """Gives everything back."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Closing:
    """Closes what was opened at the end of its context."""

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
