"""gunicorn's configuration: the image's own file, then the pod, settings.json, and the features that it names.

A feature is a module with a class Feature. Its hooks are context managers around those of the image.
"""

import contextlib
import functools
import importlib
import json
import os
import sys
from types import SimpleNamespace

FOLDER = os.path.dirname(__file__)
# Last, so that no module of the application is hidden.
if FOLDER not in sys.path:
    sys.path.append(FOLDER)

from worker_metrics_image_config import KNOWN_SETTINGS, POD_ENVIRON, read_image_config

if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
    # Its name in prometheus_client before 0.10.
    os.environ["prometheus_multiproc_dir"] = os.environ["PROMETHEUS_MULTIPROC_DIR"]
# Before other imports: it may patch the standard library (gevent).
files, image = read_image_config(__file__)

from worker_metrics_pod_settings import pod_settings

with open(f"{FOLDER}/settings.json", encoding="utf-8") as settings_file:
    values = json.load(settings_file)
ours = pod_settings(image, POD_ENVIRON, values["httpPort"])
ours.update({name: (value, "values") for name, value in values["gunicorn"].items()})
pod = SimpleNamespace(files=files, image=image, environ=POD_ENVIRON, values=values, ours=ours, pushes=[])
pod.features = [importlib.import_module(name).Feature(pod) for name in values["features"]]


def around(name, hook):
    @functools.wraps(hook)
    def with_features(*arguments):
        with contextlib.ExitStack() as stack:
            for feature in pod.features:
                if hasattr(feature, name):
                    stack.enter_context(getattr(feature, name)(*arguments))
            hook(*arguments)

    return with_features


globals().update(image, **{name: value for name, (value, _) in ours.items()})
for name in ("on_reload", "when_ready", "pre_fork", "post_fork", "post_worker_init", "child_exit"):
    setting = KNOWN_SETTINGS[name]
    # gunicorn itself refuses what is no hook.
    with contextlib.suppress(TypeError, ValueError):
        globals()[name] = around(name, setting.validator(image.get(name, setting.default)))
