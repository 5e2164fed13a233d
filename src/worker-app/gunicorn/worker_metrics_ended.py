"""Folds the files of ended workers into one of each kind.

prometheus_client keeps the files of every process that ever was, as the counts in them are part of the sums: with
workers that are replaced now and then, more files and slower scrapes day by day.
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


# By the start of a file's name. What any other gauge says is of a process that is there.
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
    """What this process counted goes to the files of all ended ones; its other gauges go with it."""
    with only_one(folder):
        kinds = {os.path.basename(file)[: -len(f"_{pid}.db")]: file for file in files(folder, f"*_{pid}.db")}
        # What says nothing any more makes room for the rest.
        for kind in sorted(kinds, key=FOLDED.__contains__):
            if kind in FOLDED:
                fold_file(kinds[kind], os.path.join(folder, f"{kind}_{ENDED}"), FOLDED[kind])
            elif kind.startswith("gauge_"):
                os.remove(kinds[kind])


def without_process(folder: str) -> List[int]:
    """Processes that have files here and live no more: those that the master is not told of, such as a command that ran
    beside the workers."""
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
    """Such that whoever is interrupted between two lines has counted nothing twice and lost nothing: see `only_one`."""
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
    """Nobody else folds meanwhile, and what somebody who was killed left half done is done.

    Two masters during an upgrade in place have a process each, and each process several threads.
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
    """The files of prometheus_client and of this module, and no others that may lie in the folder."""
    return [file for file in files(folder, "*") if METRICS_FILE.fullmatch(os.path.basename(file))]


def files(folder: str, pattern: str) -> List[str]:
    return glob.glob(os.path.join(glob.escape(folder), pattern))


def is_begun(file: str) -> bool:
    """Whether there is anything to read: a process makes its file first, and gives it a size then."""
    try:
        return os.path.getsize(file) > 0
    except FileNotFoundError:
        return False


def read(file: str) -> Values:
    from prometheus_client.mmap_dict import MmapedDict

    if not is_begun(file):
        return {}
    # Before 0.18 there is no time beside a value.
    return {
        key: (value, rest[0] if len(rest) == 2 else 0.0)
        for key, value, *rest in MmapedDict.read_all_values_from_file(file)
    }


def write(file: str, values: Values) -> None:
    from prometheus_client.mmap_dict import MmapedDict

    # Before the values are written through memory, which on a full volume kills the process and is no error.
    with open(file, "wb") as target:
        os.posix_fallocate(target.fileno(), 0, room_for(values))
    dictionary = MmapedDict(file)
    takes_time = MmapedDict.write_value.__code__.co_argcount > len(("self", "key", "value"))
    for key, (value, timestamp) in values.items():
        dictionary.write_value(key, value, *([timestamp] if takes_time else []))
    dictionary.close()


def room_for(values: Values) -> int:
    """Bytes that the values take at most: a key's length, the key padded to 8 bytes, a value and a time."""
    return 8 + sum(4 + len(key.encode()) + 8 + 8 + 8 for key in values)
