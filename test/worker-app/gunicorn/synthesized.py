"""The ConfigMaps that the product makes: the tests run gunicorn with the files of these.

Only those limits of time are longer that a slow machine would reach, so that no test depends on its speed.
"""

import functools
import json
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
PORT_PER_WORKER, MULTIPROCESS = "port-per-worker", "multiprocess"
GRAPHITE = {"host": "graphite"}
# Seconds, longer than any test.
LONGER = dict.fromkeys(("MINUTE", "CLIENT_SECONDS", "CLOSING_SECONDS", "LONGEST_PUSH"), 6000.0)
TO_JSON = """
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
const folder = process.argv[1];
const objects = readdirSync(folder).flatMap((file) => loadAll(readFileSync(path.join(folder, file), 'utf8')));
process.stdout.write(JSON.stringify(objects.filter(({ kind }) => kind === 'ConfigMap')));
"""


def features(settings):
    """What decides which files are mounted: exporter, strategy, whether Graphite is used, and logs."""
    exporter, strategy = settings.get("exporter", "app"), settings.get("strategy", PORT_PER_WORKER)
    return exporter, strategy, "graphite" in settings, settings.get("logs", "text")


COMBINATIONS = [
    (exporter, strategy, graphite, logs)
    for logs in ("text", "json")
    for exporter, strategy, graphite in (
        ("app", PORT_PER_WORKER, False),
        ("gunicorn", PORT_PER_WORKER, False),
        ("gunicorn", PORT_PER_WORKER, True),
        ("gunicorn", MULTIPROCESS, False),
        ("gunicorn", MULTIPROCESS, True),
    )
]


@functools.lru_cache(maxsize=None)
def config_maps():
    """Combination of features -> the data of its ConfigMap. One synthesis for all tests."""
    with tempfile.TemporaryDirectory() as folder:
        values, output = pathlib.Path(folder, "values"), pathlib.Path(folder, "dist")
        values.mkdir()
        for number, combination in enumerate(COMBINATIONS):
            (values / f"app-{number}.yaml").write_text(values_of(f"app-{number}", *combination))
        command = [
            "node",
            str(ROOT / "bin/worker-metrics.cjs"),
            "synth",
            "--quiet",
            "--values",
            str(values),
            "--output",
            str(output),
        ]
        subprocess.run(command, check=True, stdout=subprocess.PIPE)
        to_json = ["node", "--input-type=module", "--eval", TO_JSON, str(output)]
        maps = json.loads(subprocess.run(to_json, check=True, stdout=subprocess.PIPE, cwd=str(ROOT)).stdout)
    every = "\n".join(text for config_map in maps for text in config_map["data"].values())
    assert not [name for name in LONGER if f"\n{name} = " not in every], "a limit has another name now"
    by_name = {config_map["metadata"]["name"]: with_longer_limits(config_map["data"]) for config_map in maps}
    return {combination: by_name[f"app-{number}-gunicorn"] for number, combination in enumerate(COMBINATIONS)}


def with_longer_limits(files):
    def longer(found):
        return f"{found.group(1)} = {LONGER[found.group(1)]}"

    limits = re.compile(rf"^({'|'.join(LONGER)}) = .*$", re.M)
    return {name: limits.sub(longer, text) for name, text in files.items()}


def values_of(name, exporter, strategy, graphite, logs):
    """A values file; JSON is YAML."""
    metrics = {"exporter": exporter, "strategy": strategy, **({"graphite": GRAPHITE} if graphite else {})}
    gunicorn = {"timeout": 9, "logs": logs}
    return json.dumps({"name": name, "image": "shop:1.0", "workers": 3, "metrics": metrics, "gunicorn": gunicorn})


def mounted_files(settings, http_port):
    """The files of the ConfigMap for these settings, with the test's own in settings.json."""
    files = dict(config_maps()[features(settings)])
    own = {key: value for key, value in settings.items() if key not in ("exporter", "strategy", "logs")}
    made = json.loads(files["settings.json"])
    made["httpPort"] = own.pop("httpPort", http_port)
    made.update({"graphite": own.pop("graphite")} if "graphite" in own else {})
    made["gunicorn"] = {re.sub("[A-Z]", lambda found: "_" + found.group().lower(), key): own[key] for key in own}
    return {**files, "settings.json": json.dumps(made)}
