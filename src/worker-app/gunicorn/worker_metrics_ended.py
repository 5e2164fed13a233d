"""Folds the files of ended workers into one file of each kind.

prometheus_client keeps the files of every ended process, as their counts are part of the sums. Without folding, each
replaced worker would add files and slow the scrapes down.
"""

import contextlib
import fcntl
import glob
import os
import re
from typing import Callable, Dict, Iterator, List, Tuple

ENDED = "ended"
METRICS_FILE = re.compile(r"(counter|histogram|summary|gauge_[a-z]+)_[^.]+\.(db|new|folded)")
LOCK = "ended.lock"

# A value and when it was set, by its key.
Values = Dict[str, Tuple[float, float]]
Pair = Tuple[float, float]


def added(one: Pair, other: Pair) -> Pair:
    return one[0] + other[0], 0.0


def latest(one: Pair, other: Pair) -> Pair:
    return max(one, other, key=lambda pair: pair[1])


# By the start of a file's name. Other gauges describe a process that runs.
FOLDED: Dict[str, Callable[[Pair, Pair], Pair]] = {
    "counter": added,
    "histogram": added,
    "summary": added,
    "gauge_sum": added,
    "gauge_min": min,
    "gauge_max": max,
    "gauge_mostrecent": latest,
}


def fold(folder: str, pid: int) -> None:
    """Moves the counts of this process to the files of all ended ones, and deletes its other gauges."""
    with only_one(folder):
        kinds = {os.path.basename(file)[: -len(f"_{pid}.db")]: file for file in files(folder, f"*_{pid}.db")}
        # First the files to delete: they make room for the others.
        for kind in sorted(kinds, key=FOLDED.__contains__):
            if kind in FOLDED:
                fold_file(kinds[kind], os.path.join(folder, f"{kind}_{ENDED}"), FOLDED[kind])
            elif kind.startswith("gauge_"):
                # mark_process_dead in a hook of the image deletes it, too.
                with contextlib.suppress(FileNotFoundError):
                    os.remove(kinds[kind])


def without_process(folder: str) -> List[int]:
    """Ended processes that have files here. The master does not know of all, such as a command beside the workers."""
    names = (file[: -len(".db")] for file in files(folder, "*_[0-9]*.db"))
    pids = {int(pid) for pid in (name.rpartition("_")[2] for name in names) if pid.isdigit()}
    return [pid for pid in sorted(pids) if not lives(pid)]


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def fold_file(file: str, ended: str, together: Callable[[Pair, Pair], Pair]) -> None:
    """Loses and doubles nothing if it is interrupted between two lines: see `only_one`."""
    values = read(ended + ".db")
    for key, pair in read(file).items():
        values[key] = together(values[key], pair) if key in values else pair
    try:
        write(ended + ".new", values)
    except OSError:
        with contextlib.suppress(FileNotFoundError):
            os.remove(ended + ".new")
        raise
    os.rename(file, ended + ".folded")
    finish(ended)


def finish(ended: str) -> None:
    os.replace(ended + ".new", ended + ".db")
    os.remove(ended + ".folded")


@contextlib.contextmanager
def only_one(folder: str) -> Iterator[None]:
    """Keeps others from folding meanwhile, and first completes what a killed process left half done.

    During an upgrade in place two masters have a process each, and each process has several threads.
    """
    with open(os.path.join(folder, LOCK), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        recover(folder)
        yield


def recover(folder: str) -> None:
    for folded in files(folder, "*.folded"):
        ended = folded[: -len(".folded")]
        if os.path.exists(ended + ".new"):
            finish(ended)
        else:
            os.remove(folded)


def metrics_files(folder: str) -> List[str]:
    """The files of prometheus_client and of this module, and no other files of the folder."""
    return [file for file in files(folder, "*") if METRICS_FILE.fullmatch(os.path.basename(file))]


def files(folder: str, pattern: str) -> List[str]:
    return glob.glob(os.path.join(glob.escape(folder), pattern))


def is_begun(file: str) -> bool:
    """Whether the file has content: a process creates it first, and sets its size afterwards."""
    try:
        return os.path.getsize(file) > 0
    except FileNotFoundError:
        return False


def read(file: str) -> Values:
    from prometheus_client.mmap_dict import MmapedDict

    if not is_begun(file):
        return {}
    # prometheus_client before 0.18 writes no time beside a value.
    return {
        key: (value, rest[0] if len(rest) == 2 else 0.0)
        for key, value, *rest in MmapedDict.read_all_values_from_file(file)
    }


def write(file: str, values: Values) -> None:
    from prometheus_client.mmap_dict import MmapedDict

    # Reserves the room first. On a full volume, a write through memory kills the process instead of raising an error.
    with open(file, "wb") as target:
        os.posix_fallocate(target.fileno(), 0, room_for(values))
    dictionary = MmapedDict(file)
    takes_time = MmapedDict.write_value.__code__.co_argcount > len(("self", "key", "value"))
    for key, (value, timestamp) in values.items():
        dictionary.write_value(key, value, *([timestamp] if takes_time else []))
    dictionary.close()


def room_for(values: Values) -> int:
    """Most bytes that the values need: the key's length, the key padded to 8 bytes, a value and a time."""
    return 8 + sum(4 + len(key.encode()) + 8 + 8 + 8 for key in values)
