"""Loading the cluster's runners, which few machines can run, only where they are asked for."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from importlib import import_module
from typing import Any, TypeVar

from makegood_engine.tables import whole_file

T = TypeVar("T")
PATIENCE = 0.5
"""Seconds between one call to stop and the next: a job may just have begun."""
STOPPING = "Stopping Spark: this takes some seconds."
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


def stoppable(work: Callable[[], T]) -> T:
    """Do what a cluster does; Ctrl-C stops Spark, and waits until all is cleared away.

    The work has a thread of its own: Spark must not be stopped in the middle of a word to Java.
    """
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(work)
        try:
            return running.result()
        except KeyboardInterrupt:
            print(STOPPING, file=sys.stderr, flush=True)
            while not wait([running], PATIENCE).done:
                load("cluster").call_off()
            raise
