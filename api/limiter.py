"""How much each caller may ask for: the cost of operations is counted over a moving window."""

from dataclasses import dataclass
from time import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from api.errors import RATE_LIMITED, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a caller has left; `reset` is in seconds."""

    limit: int
    remaining: int
    reset: int
    exceeded: bool

    @property
    def headers(self) -> dict[str, str]:
        """The standing as clients read it."""
        shown = {"Limit": self.limit, "Remaining": self.remaining, "Reset": self.reset}
        return {
            **{f"RateLimit-{name}": str(value) for name, value in shown.items()},
            **({"Retry-After": str(self.reset)} if self.exceeded else {}),
        }


class Limiter:
    """The counts of one process."""

    def __init__(self, limit: str) -> None:
        self._limit = parse(limit)
        self._window = SlidingWindowCounterRateLimiter(MemoryStorage())

    def charge(self, caller: str, cost: int) -> Standing:
        """Count a cost, and return how the caller stands then; what exceeds the limit isn't counted."""
        within = self._window.hit(self._limit, caller, cost=cost)
        stats = self._window.get_window_stats(self._limit, caller)
        reset = max(1, round(stats.reset_time - time()))
        return Standing(limit=self._limit.amount, remaining=stats.remaining, reset=reset, exceeded=not within)


def refuse_exceeded(standing: Standing | None) -> None:
    """Raise Refused for a caller who has nothing left."""
    if standing and standing.exceeded:
        raise Refused(f"That is more than you may ask for now; try again in {standing.reset} s.", RATE_LIMITED)
