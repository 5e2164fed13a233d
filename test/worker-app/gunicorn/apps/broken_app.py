"""An application that cannot be loaded."""

raise ValueError("no such\nsetting")
