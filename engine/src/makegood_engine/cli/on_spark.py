"""Loading the cluster's runners, which few machines can run, only where they are asked for."""

from importlib import import_module
from typing import Any

from makegood_engine.tables import whole_file

NO_SPARK = (
    "Spark is not installed here. Install it (pip install 'makegood-engine[spark]'), "
    "or use --engine local."
)


def load(name: str) -> Any:
    """Load a module of `runners` that needs Spark; says what to do where Spark is not installed."""
    try:
        return import_module(f"makegood_engine.runners.{name}")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "pyspark":
            raise
        raise whole_file(NO_SPARK) from None
