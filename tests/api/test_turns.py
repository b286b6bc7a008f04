"""Operations take turns: time in line is not theirs, the line has an end, and nobody is asked for who went away."""

import asyncio
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from threading import Event
from typing import Any

import httpx
import pytest

from api import ApiSettings
from api.turns import Abandoned, Busy, Turns
from graph.store import Stats, Store
from tests.api.conftest import serving

QUERY = {"query": "{ stats { papers } }"}


class Held:
    """A store that answers when it may, or after so many seconds."""

    def __init__(self, store: Store, seconds: float = 30) -> None:
        self._store, self._seconds = store, seconds
        self.may, self.is_asked = Event(), Event()
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def stats(self) -> Stats:
        self.asked += 1
        self.is_asked.set()
        self.may.wait(self._seconds)
        return self._store.stats()


def at_once(client: httpx.Client, count: int) -> list[httpx.Response]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda _: client.post("/graphql", json=QUERY), range(count)))


def test_time_in_line_is_not_the_operations_own(small: Store) -> None:
    store: Any = Held(small, 0.2)
    with serving(store, settings=ApiSettings(threads=1, query_seconds=1)) as client:
        assert [answer.json() for answer in at_once(client, 8)] == [{"data": {"stats": {"papers": 3}}}] * 8


def test_who_finds_the_line_full_is_told_when_to_come_again(small: Store) -> None:
    store: Any = Held(small)
    with serving(store, settings=ApiSettings(threads=1, max_waiting=2)) as client, ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(client.post, "/graphql", json=QUERY) for _ in range(8)]
        refused = [answer.result() for answer in islice(as_completed(answers), 5)]
        store.may.set()
        assert sorted(answer.result().status_code for answer in answers) == [200] * 3 + [503] * 5
        (error,) = refused[0].json()["errors"]
        assert error["extensions"]["code"] == "SERVICE_UNAVAILABLE"
        assert int(refused[0].headers["retry-after"]) >= 1
        assert "data" not in refused[0].json()
        assert client.post("/graphql", json=QUERY).status_code == 200, "there is room again"


def test_nothing_is_asked_for_a_client_that_went_away(small: Store) -> None:
    store: Any = Held(small)
    with serving(store, settings=ApiSettings(threads=1)) as client, ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.post, "/graphql", json=QUERY)
        store.is_asked.wait(10)
        for _ in range(3):
            with httpx.Client(base_url=client.base_url, timeout=0.2) as other, pytest.raises(httpx.ReadTimeout):
                other.post("/graphql", json=QUERY)
        store.may.set()
        assert first.result().status_code == 200
        assert client.post("/graphql", json=QUERY).status_code == 200
    assert store.asked == 2


def test_turns_are_first_come_first_served_and_all_come_back() -> None:
    async def line() -> list[int]:
        turns, order = Turns(2, 100), []

        async def one(place: int) -> None:
            await turns.take(gone if place % 5 == 4 else None)
            order.append(place)
            work = asyncio.get_running_loop().create_future()
            turns.use(work)
            await asyncio.sleep(0.001)
            work.set_exception(ValueError) if place % 3 else work.set_result(None)

        async def gone() -> bool:
            return True

        await asyncio.gather(*(one(place) for place in range(50)), return_exceptions=True)
        await asyncio.gather(turns.take(), turns.take())  # both turns are free
        return order

    assert asyncio.run(line()) == [place for place in range(50) if place % 5 != 4]


def test_a_full_line_says_how_long_it_is() -> None:
    async def line() -> int:
        turns = Turns(1, 3)
        for _ in range(100):
            await turns.take()
            work = asyncio.get_running_loop().create_future()
            turns.use(work)
            await asyncio.sleep(0.01)
            work.set_result(None)
            await asyncio.sleep(0)
        await turns.take()
        waiting = [asyncio.create_task(turns.take()) for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(Busy) as busy:
            await turns.take()
        for task in waiting:
            task.cancel()
        return busy.value.seconds

    assert asyncio.run(line()) == 1


def test_a_line_of_whom_one_leaves_goes_on() -> None:
    async def line() -> None:
        turns = Turns(1, 3)
        await turns.take()
        held = asyncio.get_running_loop().create_future()
        turns.use(held)

        async def gone() -> bool:
            return True

        left, cancelled, stays = (asyncio.create_task(turns.take(who)) for who in (gone, None, None))
        await asyncio.sleep(0)
        cancelled.cancel()
        held.set_result(None)
        await asyncio.wait_for(stays, 1)
        with pytest.raises(Abandoned):
            await left

    asyncio.run(line())
