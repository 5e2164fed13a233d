"""The folder where workers write their metrics in multiprocess mode.

On a full volume the kernel kills a process that writes through memory (SIGBUS), and each successor. The application
matters more than its metrics: a worker without room writes to another folder, which is never read.
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

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
# Its name in prometheus_client before 0.10.
OLD_VARIABLE = "prometheus_multiproc_dir"
# For the files of a worker as it starts, one of each kind of metric.
ROOM_FOR_A_WORKER = 256 * 1024
FILES_OF_A_WORKER = 16
SHARED_MEMORY = "/dev/shm"

# These survive a reload, which runs gunicorn.conf.py again, but not this module.
folders: Dict[str, "MetricsFolder"] = {}


def folder_from(environ: MutableMapping[str, str]) -> "MetricsFolder":
    """The folder in the environment, claimed for this gunicorn."""
    path = as_configured(environ).get(VARIABLE)
    if not path:
        raise SystemExit(
            f"{VARIABLE}: expected the folder for the workers' metrics, it is not set; "
            "set it in the container's environment, to where an emptyDir is mounted"
        )
    if path not in folders:
        folders[path] = MetricsFolder(path)
    folders[path].set_in(environ)
    return folders[path]


def as_configured(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The environment with the configured folder where an unread folder replaced it."""
    replaced = {folder.unread: folder.path for folder in folders.values() if folder.unread}
    return {**environ, **{name: replaced[path] for name, path in environ.items() if path in replaced}}


class MetricsFolder:
    """The folder for gunicorn's master. `obstacle` is why it could not be used at the start, and stays."""

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
        """Whether metrics can be collected here. Logs the obstacle if not."""
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
        """Sets the folder of the next worker, right before its fork."""
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
        """A folder for metrics that are never read: a library may fail without any folder."""
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
        """Deletes the unread files of an ended worker."""
        if self.unread:
            for file in glob.glob(os.path.join(glob.escape(self.unread), f"*_{worker_pid}.db")):
                with contextlib.suppress(OSError):
                    os.remove(file)


def claimed(folder: str) -> int:
    """Locks the folder, shared, until this process and its workers have ended. Empties it if nobody else has a lock.

    An emptyDir survives a restart of the container, and old files would be counted twice. A reload, an upgrade in
    place (USR2) and a `gunicorn --check-config` beside a running gunicorn leave the files.
    """
    # Locks the folder itself: a full volume has no room for a lock file.
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
    """Why a worker cannot create files here, as the end of a sentence after the folder's name; None if it can."""
    try:
        volume = os.statvfs(folder)
    except OSError as error:
        return f"cannot be used ({error.strerror})"
    if volume.f_flag & os.ST_RDONLY:
        return "is read-only"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"cannot be written by user {os.geteuid()}"
    # A file system without a limit reports 0 blocks or 0 inodes in total.
    free = volume.f_bavail * volume.f_frsize
    if volume.f_blocks and free < ROOM_FOR_A_WORKER:
        return f"is full ({free // 1024} KiB are free, a worker needs {ROOM_FOR_A_WORKER // 1024} KiB)"
    if volume.f_files and volume.f_favail < FILES_OF_A_WORKER:
        return f"has no room for files ({volume.f_favail} inodes are free, a worker needs {FILES_OF_A_WORKER})"
    return None
