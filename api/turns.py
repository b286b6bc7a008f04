"""Turns at the store: so many operations at once, so many in line behind them, and who comes then is told when to come back."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from math import ceil
from time import monotonic
from typing import Any

Gone = Callable[[], Awaitable[bool]]

# How much of the mean the newest turn makes, so that it follows the last few dozen.
_SHARE = 0.05


class Busy(Exception):
    """Too many are in line; in so many `seconds` those will have had their turn."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many operations wait already; try again in {seconds} s.")
        self.seconds = seconds


class Abandoned(Exception):
    """Nobody waits for the answer any more."""


class Turns:
    """The line of one event loop; whoever takes a turn has to `use` it."""

    def __init__(self, at_once: int, most_waiting: int) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._at_once, self._most, self._waiting = at_once, most_waiting, 0
        self._seconds = 0.0

    async def take(self, gone: Gone | None = None) -> None:
        """Return once it is one's turn: first come, first served. Raises Busy at once where the line is full, and Abandoned
        where the client is `gone` by then, so that a server that is behind doesn't fall further behind for nobody."""
        if self._waiting >= self._most:
            raise Busy(max(1, ceil(self._seconds * self._waiting / self._at_once)))
        waits = self._free.locked()
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        try:
            if waits and gone and await gone():
                raise Abandoned
        except BaseException:
            self._free.release()
            raise

    def use(self, work: asyncio.Future[Any]) -> None:
        """Give the turn back when the work has ended, be it long after everyone stopped waiting for it."""
        work.add_done_callback(partial(self._end, monotonic()))

    def _end(self, start: float, work: asyncio.Future[Any]) -> None:
        self._seconds += _SHARE * (monotonic() - start - self._seconds)
        self._free.release()
        # Asked for here, since nobody else may: an error of what was given up is no news.
        if not work.cancelled():
            work.exception()
