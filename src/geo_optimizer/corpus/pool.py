"""Worker processes that check files: a parse is Python, so threads would take turns.

Not `concurrent.futures`: there a worker that dies takes all others, and what
they were at, with it, and nobody can tell which of them had the file that was
the cause. Here each has a pipe of its own, and its death costs what it was at.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self

from geo_optimizer.corpus.checking import Checker
from geo_optimizer.errors import FileError, printable
from geo_optimizer.report.result import Checked

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_CHUNK = 8  # files that a worker is given at a time
_AHEAD = 4  # chunks for each worker that may be done before they are asked for, so that none is idle and few results are held
_LIGHT = 65_536  # bytes of a file that the main process may check without keeping the workers waiting
_PULSE = 1.0  # seconds between two looks at whether the main process is alive, where its end is not told

Found = tuple[bytes, Checked]


@dataclass(slots=True)
class _Work:
    """Files to check, by number: those that no worker has yet, in chunks, and what was found and not yet asked for."""

    paths: Sequence[str]
    waiting: deque[list[int]]
    found: dict[int, Found] = field(default_factory=dict)

    def put_back(self, chunk: Sequence[int]) -> None:
        """The files of a worker that died. Each becomes a chunk of its own, so that it is known which of them was the cause; one that was alone is."""
        if len(chunk) == 1:
            path = self.paths[chunk[0]]
            self.found[chunk[0]] = b"", Checked(path, error=_died(path))
            return
        self.waiting.extendleft([number] for number in reversed(chunk))


@dataclass(slots=True, eq=False)
class _Worker:
    """A process, the pipe to it, and the files that it is at; none while it is idle."""

    process: BaseProcess
    pipe: Connection[list[str], list[Found]]
    chunk: list[int] = field(default_factory=list)

    def end(self) -> None:
        """End it at once: it holds nothing that is wanted. A signal that it could catch would, just after a fork, run the main process's handler."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


class Pool:
    """Processes that check files, for one run at a time; what they find comes back in order. A file that its process dies of is told, and costs no other."""

    worth_it = 4 * _CHUNK  # files; for fewer, starting them costs more than it saves

    def __init__(self, jobs: int, checker: Checker) -> None:
        self.jobs = jobs
        self.checker = checker
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end(self._workers)

    def map(self, paths: Sequence[str]) -> Iterator[Found]:
        """What is found in each file, in the order of `paths`."""
        found = {} if self._workers else self._warmed(paths)
        rest = [number for number in range(len(paths)) if number not in found]
        work = _Work(paths, deque(rest[at : at + _CHUNK] for at in range(0, len(rest), _CHUNK)), found)
        try:
            for number in range(len(paths)):
                self._turn(work, number, wait=False)
                while number not in work.found:
                    self._turn(work, number, wait=True)
                yield work.found.pop(number)
        finally:
            self._end([worker for worker in self._workers if worker.chunk])

    def _warmed(self, paths: Sequence[str]) -> dict[int, Found]:
        """Some files, checked before any process is forked, so that patterns and modules are there in all of them."""
        if not _forks():
            return {}
        light = (number for number, path in enumerate(paths) if _is_light(path))
        return {number: self.checker.file(paths[number]) for number in islice(light, _CHUNK)}

    def _turn(self, work: _Work, number: int, *, wait: bool) -> None:
        """Give work to the idle, and take what is done; or wait for something to be done."""
        self._hand_out(work, number)
        for worker in self._ready(wait=wait and number not in work.found):
            try:
                if not worker.pipe.poll():
                    raise EOFError  # noqa: TRY301 - it has died, and another process holds its end of the pipe
                work.found |= zip(worker.chunk, worker.pipe.recv(), strict=True)
                worker.chunk = []
            except (EOFError, OSError):
                self._bury(worker, work)

    def _hand_out(self, work: _Work, number: int) -> None:
        """Chunks for the idle, unless they are too far ahead of the file that is asked for."""
        furthest = number + _AHEAD * self.jobs * _CHUNK
        while work.waiting and work.waiting[0][0] < furthest:
            worker = next((worker for worker in self._workers if not worker.chunk), None) or self._new_worker()
            if worker is None:
                if not self._workers:
                    chunk = work.waiting.popleft()
                    work.found |= {file: self.checker.file(work.paths[file]) for file in chunk}
                return
            worker.chunk = work.waiting.popleft()
            try:
                worker.pipe.send([work.paths[file] for file in worker.chunk])
            except OSError:
                self._bury(worker, work)

    def _ready(self, *, wait: bool) -> list[_Worker]:
        """Workers that have something to say, or have died."""
        from multiprocessing.connection import wait as wait_for

        busy = [worker for worker in self._workers if worker.chunk]
        ready = wait_for([sign for worker in busy for sign in (worker.pipe, worker.process.sentinel)], None if wait and busy else 0)
        return [worker for worker in busy if worker.pipe in ready or worker.process.sentinel in ready]

    def _new_worker(self) -> _Worker | None:
        """One more; None where there are enough, or the system allows of no more."""
        if len(self._workers) >= self.jobs:
            return None
        try:
            worker = _started(self.checker)
        except OSError:
            return None
        self._workers.append(worker)
        return worker

    def _bury(self, worker: _Worker, work: _Work) -> None:
        work.put_back(worker.chunk)
        self._end([worker])

    def _end(self, workers: Sequence[_Worker]) -> None:
        """End these workers, and no other process of whoever runs the check."""
        for worker in [*workers]:
            self._workers.remove(worker)
            worker.end()


def _forks() -> bool:
    """Whether a worker begins with all that is loaded; elsewhere than on Linux a fork is not safe."""
    return sys.platform == "linux"


def _started(checker: Checker) -> _Worker:
    """A worker. Raises OSError."""
    import multiprocessing

    context = multiprocessing.get_context("fork") if _forks() else multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    try:
        process = context.Process(target=_work, args=(theirs, checker), daemon=True)
        with _frozen():
            process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return _Worker(process, ours)


@contextmanager
def _frozen() -> Iterator[None]:
    """What is forked meanwhile does not look for garbage in what it inherits, which would copy it all."""
    if gc.get_freeze_count():  # whoever runs the check has done so, and decides how long
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _is_light(path: str) -> bool:
    try:
        return Path(path).stat().st_size <= _LIGHT
    except (OSError, ValueError):
        return False


def _died(path: str) -> FileError:
    return FileError(
        "worker-died", "the process that checked it was ended, perhaps for want of memory", hint="check it alone", path=printable(path)
    )


# ------------------------------------------------------------------ in a worker


def _work(pipe: Connection[list[Found], list[str]], checker: Checker) -> None:
    """Check what is sent. An interrupt is for the main process to deal with, which then ends this one."""
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):  # the other end is gone
        while True:
            pipe.send([checker.file(path) for path in pipe.recv()])


def _end_with_parent() -> None:
    """End this process as soon as the main one has ended, however it did.

    Processes forked later hold the end of the pipe that tells of it, so its id is looked at as well.
    """
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    assert parent is not None
    while os.getppid() == parent.pid and not wait([parent.sentinel], _PULSE):
        pass
    os._exit(1)
