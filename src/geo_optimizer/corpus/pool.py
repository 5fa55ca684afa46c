"""Worker processes that check files: a parse is Python, so threads would take turns."""

from __future__ import annotations

import gc
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Self

from geo_optimizer.corpus.checking import Checker, in_chunks
from geo_optimizer.errors import FileError, printable
from geo_optimizer.report.result import Checked

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_CHUNK = 8  # files that a worker is given at a time
_AHEAD = 4  # chunks that wait for each worker, so that none is idle and few results are held
_checker: Checker | None = None  # of a worker, told once when it starts

Found = tuple[bytes, Checked]


class Pool:
    """Processes that check files; what they find comes back in order. One that dies costs the files that it had, not the run."""

    worth_it = 4 * _CHUNK  # files; for fewer, starting them costs more than it saves

    def __init__(self, jobs: int, checker: Checker) -> None:
        self.jobs = jobs
        self.checker = checker
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, stopped_by: object = None, *_: object) -> None:
        """End the workers; when the run is stopped, without waiting for what they are at."""
        if self._executor is None:
            return
        if stopped_by is not None:
            import multiprocessing

            for process in multiprocessing.active_children():
                process.terminate()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = None

    def map(self, paths: Sequence[str]) -> Iterator[Found]:
        """What is found in each file, in the order of `paths`."""
        waiting: deque[tuple[list[str], Future[list[Found]]]] = deque()
        for chunk in in_chunks(paths, _CHUNK):
            waiting.append((chunk, self._submit(chunk)))
            if len(waiting) >= _AHEAD * self.jobs:
                yield from self._next(waiting)
        while waiting:
            yield from self._next(waiting)

    def _submit(self, chunk: list[str]) -> Future[list[Found]]:
        if self._executor is None:
            self._executor = _processes(self.jobs, self.checker)
        return self._executor.submit(_check, chunk)

    def _next(self, waiting: deque[tuple[list[str], Future[list[Found]]]]) -> Iterator[Found]:
        from concurrent.futures.process import BrokenProcessPool

        chunk, future = waiting.popleft()
        try:
            yield from future.result()
        except BrokenProcessPool:
            self.__exit__()
            again = [*waiting]
            waiting.clear()
            yield from self._one_by_one(chunk)
            waiting.extend((later, self._submit(later)) for later, _ in again)

    def _one_by_one(self, chunk: Sequence[str]) -> Iterator[Found]:
        """The files of a worker that died, each in a process of its own, so that it is known which of them was the cause."""
        from concurrent.futures.process import BrokenProcessPool

        for path in chunk:
            with _processes(1, self.checker) as alone:
                try:
                    yield from alone.submit(_check, [path]).result()
                except BrokenProcessPool:
                    yield b"", Checked(path, error=_died(path))


def _processes(number: int, checker: Checker) -> ProcessPoolExecutor:
    """Workers, loaded only where there is work for them. Forked ones have all modules already; elsewhere than on Linux a fork is not safe."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    from geo_optimizer import markdown, rules  # noqa: F401 - so that no worker has to load them

    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(number, context, initializer=_start, initargs=(checker,))


def _died(path: str) -> FileError:
    return FileError(
        "worker-died", "the process that checked it was ended, perhaps for want of memory", hint="check it alone", path=printable(path)
    )


def _start(checker: Checker) -> None:
    """In a worker: an interrupt is for the main process to deal with, which then ends this one."""
    global _checker  # noqa: PLW0603 - a worker has one for its whole life
    _checker = checker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()


def _check(paths: list[str]) -> list[Found]:
    assert _checker is not None
    return [_checker.file(path) for path in paths]
