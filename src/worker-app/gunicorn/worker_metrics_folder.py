"""The folder where workers write their metrics in multiprocess mode, and what becomes of a worker that cannot.

On a volume without room the kernel kills a process that writes through memory (SIGBUS): its successor, too, and so on
without end. The application matters more than its metrics: such a worker writes to a folder that nobody reads.
"""

import atexit
import contextlib
import errno
import fcntl
import glob
import os
import shutil
import tempfile
from typing import Any, Dict, Mapping, MutableMapping, Optional, Tuple

from worker_metrics_ended import metrics_files
from worker_metrics_reminder import Reminder
from worker_metrics_settings import ConfigurationRefused

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
# The only name that prometheus_client knows before 0.10.
OLD_VARIABLE = "prometheus_multiproc_dir"
# For the files of a worker as it starts, one of each kind of metric.
ROOM_FOR_A_WORKER = 256 * 1024
FILES_OF_A_WORKER = 16
SHARED_MEMORY = "/dev/shm"  # noqa: S108

# Outlive a reload, which runs the configuration anew but not this module.
folders: Dict[str, "MetricsFolder"] = {}


def folder_from(environ: MutableMapping[str, str]) -> "MetricsFolder":
    """The folder that the environment names, claimed for this gunicorn."""
    path = as_configured(environ).get(VARIABLE)
    if not path:
        raise ConfigurationRefused(
            f"{VARIABLE}: expected the folder for the workers' metrics, it is not set; "
            "set it in the container's environment, to where an emptyDir is mounted"
        )
    if path not in folders:
        folders[path] = MetricsFolder(path)
    folders[path].set_in(environ)
    return folders[path]


def as_configured(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The environment as it was before a folder that nobody reads took the place of the configured one."""
    replaced = {folder.unread: folder.path for folder in folders.values() if folder.unread}
    return {**environ, **{name: replaced[path] for name, path in environ.items() if path in replaced}}


class MetricsFolder:
    """Seen from gunicorn's master. `obstacle` says why it could not be used at the start; that stays."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.unread: Optional[str] = None
        self.is_full = Reminder()
        try:
            os.makedirs(path, exist_ok=True)
            self.lock = claimed(path)
            self.obstacle = obstacle_in(path)
        except OSError as error:
            self.obstacle = f"cannot be used ({error.strerror})"

    def paths(self) -> Tuple[Optional[str], ...]:
        """Where workers may write."""
        return self.path, self.unread

    def is_usable(self, log: Any, port: int) -> bool:
        """Whether metrics can be collected here; logs it if not."""
        if self.obstacle:
            log.error(
                "%s: %s %s: the application runs without metrics, and nothing answers on port %s; "
                "mount an emptyDir with room there, and restart the pod",
                VARIABLE,
                self.path,
                self.obstacle,
                port,
            )
        return not self.obstacle

    def choose(self, log: Any, environ: MutableMapping[str, str]) -> None:
        """Before a worker is forked: where it writes its metrics."""
        if self.obstacle:
            return
        obstacle = obstacle_in(self.path)
        if obstacle and self.is_full.is_due():
            log.error(
                "%s: %s %s: workers that start now are not counted, or they would be killed as they write; "
                "give the volume more room, count with fewer labels, or choose metrics.strategy: port-per-worker",
                VARIABLE,
                self.path,
                obstacle,
            )
        self.set_in(environ, obstacle)

    def set_in(self, environ: MutableMapping[str, str], obstacle: Optional[str] = None) -> None:
        path = self.unread_folder() if self.obstacle or obstacle else self.path
        for name in (VARIABLE, OLD_VARIABLE):
            if path:
                environ[name] = path
            else:
                environ.pop(name, None)

    def unread_folder(self) -> Optional[str]:
        """Where metrics are written that nobody reads. A library may need the folder, so it is not just left out."""
        if not self.unread:
            for place in (SHARED_MEMORY, tempfile.gettempdir()):
                with contextlib.suppress(OSError):
                    if not obstacle_in(place):
                        self.unread = tempfile.mkdtemp(prefix="worker-metrics-unread-", dir=place)
                        atexit.register(self.remove_unread, os.getpid())
                        break
        return self.unread

    def remove_unread(self, owner: int) -> None:
        if self.unread and os.getpid() == owner:
            shutil.rmtree(self.unread, ignore_errors=True)

    def forget(self, worker_pid: int) -> None:
        """A worker has ended: its unread files go."""
        if self.unread:
            for file in glob.glob(os.path.join(glob.escape(self.unread), f"*_{worker_pid}.db")):
                with contextlib.suppress(OSError):
                    os.remove(file)


def claimed(folder: str) -> int:
    """Takes a share in the folder, for as long as this process or one of its workers lives. Empties it if nobody else
    has one.

    Memory that a pod lends outlives a restart of the container, and what it holds then would be counted twice. A
    reload, an upgrade in place (USR2) and a `gunicorn --check-config` beside a running one leave it as it is.
    """
    # The folder itself is locked: a full volume has no room for another file.
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
            raise
    else:
        for file in metrics_files(folder):
            os.remove(file)
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def obstacle_in(folder: str) -> Optional[str]:
    """Why a worker's files cannot be made in this folder, to follow its name in a sentence; None if they can."""
    try:
        volume = os.statvfs(folder)
    except OSError as error:
        return f"cannot be used ({error.strerror})"
    if volume.f_flag & os.ST_RDONLY:
        return "is read-only"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"cannot be written by user {os.geteuid()}"
    # A file system without a limit of its own has no blocks, or no inodes, in all.
    free = volume.f_bavail * volume.f_frsize
    if volume.f_blocks and free < ROOM_FOR_A_WORKER:
        return f"is full ({free // 1024} KiB are free, a worker needs {ROOM_FOR_A_WORKER // 1024} KiB)"
    if volume.f_files and volume.f_favail < FILES_OF_A_WORKER:
        return f"has no room for files ({volume.f_favail} inodes are free, a worker needs {FILES_OF_A_WORKER})"
    return None
