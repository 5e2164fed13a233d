"""The image's own configuration file. gunicorn reads one file, ours, which reads the image's in gunicorn's way."""

import os

from gunicorn import config
from gunicorn.app.base import Application

VARIABLE = "IMAGE_GUNICORN_CONFIG"
FILE, MODULE = "file:", "python:"
KNOWN_SETTINGS = {setting.name: setting for setting in config.KNOWN_SETTINGS}
# Before the image's file ran. A reload runs that file again, but not this module.
POD_ENVIRON = dict(os.environ)


def read_image_config(our_file):
    """Runs ./gunicorn.conf.py, or the file or module in IMAGE_GUNICORN_CONFIG. Returns files and settings."""
    place = POD_ENVIRON.get(VARIABLE) or config.get_default_config_file()
    if not place:
        return [our_file], {}
    # The methods do not use `self`. The file becomes the module __config__, as without our file.
    try:
        if place.startswith(MODULE):
            found = Application.get_config_from_module_name(None, place[len(MODULE) :])
        else:
            path = place[len(FILE) :] if place.startswith(FILE) else place
            if os.path.samefile(path, our_file):
                return [our_file], {}
            found = Application.get_config_from_filename(None, path)
    except (FileNotFoundError, ImportError) as error:
        raise SystemExit(
            f"{VARIABLE}: {place} cannot be read from {os.getcwd()}: {error}; set it to the image's file or to "
            f"{MODULE}MODULE, or remove it"
        ) from error
    return [place, our_file], {name: value for name, value in found.items() if name in KNOWN_SETTINGS}
