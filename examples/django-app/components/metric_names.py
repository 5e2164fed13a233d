"""Names that Prometheus takes, made from names that people give."""

import re
from collections.abc import Mapping

# Every sample carries the component's exact name, so two names that look alike to Prometheus stay two series.
COMPONENT_LABEL = "component"


def metric_prefix(component: str) -> str:
    """`billing-api` -> `billing_api`; a name that would start with a digit, or vanish, is led by `component_`."""
    name = re.sub(r"[^a-zA-Z0-9_]", "_", component)
    return name if re.match(r"[a-zA-Z]|_+[a-zA-Z]", name) else f"component_{name}"


def metric_labels(component: str, labels: Mapping[str, str]) -> dict[str, str]:
    """The component's labels under names that Prometheus takes, none lost when two become the same."""
    safe = {COMPONENT_LABEL: component}
    for key in sorted(labels):
        name = _label_name(key)
        attempt, number = name, 2
        while attempt in safe:
            attempt, number = f"{name}_{number}", number + 1
        safe[attempt] = str(labels[key])
    return safe


def _label_name(key: str) -> str:
    # Two leading underscores are Prometheus' own, and `exported_` is how it moves a label out of the way.
    name = re.sub(r"^_+", "_", re.sub(r"[^a-zA-Z0-9_]", "_", key))
    if name == COMPONENT_LABEL:
        return f"exported_{name}"
    if not name.strip("_"):
        return "label"
    return name if re.match(r"[a-zA-Z_]", name) else f"_{name}"
