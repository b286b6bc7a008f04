"""How far an ingestion has come is kept, on every store."""

from dataclasses import replace

from graph.jobs import Job, JobState
from graph.store import Store

JOB = Job(id="a'1", state=JobState.QUEUED, total=3, started="2024-05-17T00:00:00+00:00", changed="2024-05-17T00:00:00+00:00")


def test_the_last_state_counts(store: Store) -> None:
    done = replace(JOB, state=JobState.DONE, read=3, written=1, unchanged=1, dropped={'"x"': 1})
    other = replace(JOB, id="b", state=JobState.FAILED, error="no\nroom")
    for job in (JOB, other, replace(JOB, state=JobState.RUNNING, read=1), done):
        store.save_job(job)
    assert store.jobs(["b", "nowhere", "a'1"]) == {"a'1": done, "b": other}
    assert store.jobs([]) == {}
    assert [state.ended for state in JobState] == [False, False, True, True]


def test_jobs_are_no_part_of_the_graph(store: Store) -> None:
    store.save_job(JOB)
    assert list(store.dump()) == []
    assert store.batches() == ()
