"""The image's own configuration file.

gunicorn reads one file, and GUNICORN_CMD_ARGS names ours. So ours reads the image's, in gunicorn's own way, and passes
on its settings and hooks. A mistake in it ends gunicorn as it does without ours.
"""

import importlib
import os
from types import MappingProxyType
from typing import Any, Callable, Dict, Mapping, NamedTuple, Optional

from gunicorn.app.base import Application
from gunicorn.config import KNOWN_SETTINGS, get_default_config_file
from worker_metrics_settings import ConfigurationRefused

VARIABLE = "IMAGE_GUNICORN_CONFIG"
FILE, MODULE = "file:", "python:"
# The container's environment before the image's file ran. A reload runs the file again, but not this module.
POD_ENVIRON: Mapping[str, str] = MappingProxyType(dict(os.environ))

Hook = Callable[..., Any]


class ImageConfig(NamedTuple):
    """The settings in the image's file; none where it has no file."""

    location: Optional[str]
    settings: Dict[str, Any]

    def hook(self, name: str) -> Hook:
        """The image's hook of this name, or gunicorn's default, which does nothing."""
        setting = next(known for known in KNOWN_SETTINGS if known.name == name)
        try:
            return setting().get() if name not in self.settings else setting.validator(self.settings[name])
        except (TypeError, ValueError) as error:
            raise ConfigurationRefused(f"{self.location}: invalid value for {name}: {error}") from error


def read_image_config(our_file: str) -> ImageConfig:
    """Runs ./gunicorn.conf.py, or the file or module in IMAGE_GUNICORN_CONFIG, which takes the forms of --config."""
    location = POD_ENVIRON.get(VARIABLE) or get_default_config_file()
    if location is None or is_same(location, our_file):
        return ImageConfig(None, {})
    values = settings_of_module(location) if location.startswith(MODULE) else settings_of_file(location)
    names = {setting.name for setting in KNOWN_SETTINGS}
    return ImageConfig(location, {name: value for name, value in values.items() if name in names})


def settings_of_file(location: str) -> Dict[str, Any]:
    path = location[len(FILE) :] if location.startswith(FILE) else location
    if not os.path.exists(path):
        raise ConfigurationRefused(
            f"{VARIABLE}: {path} does not exist (working directory {os.getcwd()}); set it to the path of the image's "
            "configuration file, or remove it to have ./gunicorn.conf.py read"
        )
    # The method reads nothing of the application. It becomes the module __config__, as without our file.
    return Application.get_config_from_filename(None, path)  # type: ignore[arg-type]


def settings_of_module(location: str) -> Dict[str, Any]:
    try:
        return vars(importlib.import_module(location[len(MODULE) :]))
    except ImportError as error:
        raise ConfigurationRefused(
            f"{VARIABLE}: {location} cannot be imported: {error}; set it to {MODULE}NAME of a module in the image"
        ) from error


def is_same(location: str, our_file: str) -> bool:
    path = location[len(FILE) :] if location.startswith(FILE) else location
    return os.path.exists(path) and os.path.samefile(path, our_file)
