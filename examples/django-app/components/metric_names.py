"""Valid names of Prometheus metrics and labels, made from any text."""

import re
from collections.abc import Mapping

# Every sample has the component's exact name as a label, so names that become the same metric stay separate series.
COMPONENT_LABEL = "component"


def metric_prefix(component: str) -> str:
    """`billing-api` -> `billing_api`; a name that is empty or starts with a digit gets the prefix `component_`."""
    name = re.sub(r"[^a-zA-Z0-9_]", "_", component)
    return name if re.match(r"[a-zA-Z]|_+[a-zA-Z]", name) else f"component_{name}"


def metric_labels(component: str, labels: Mapping[str, str]) -> dict[str, str]:
    """The component's labels with valid names. No label is lost if two names become the same."""
    safe = {COMPONENT_LABEL: component}
    for key in sorted(labels):
        name = _label_name(key)
        attempt, number = name, 2
        while attempt in safe:
            attempt, number = f"{name}_{number}", number + 1
        safe[attempt] = str(labels[key])
    return safe


def _label_name(key: str) -> str:
    # Prometheus reserves two leading underscores, and adds `exported_` to labels that conflict with a target's.
    name = re.sub(r"^_+", "_", re.sub(r"[^a-zA-Z0-9_]", "_", key))
    if name == COMPONENT_LABEL:
        return f"exported_{name}"
    if not name.strip("_"):
        return "label"
    return name if re.match(r"[a-zA-Z_]", name) else f"_{name}"
