"""Where the shared data and reference answers are, for every test of the engine."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples at every run, so that a check that passed here passes there; slow machines may be slow.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("steady")


ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("MAKEGOOD_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """Give a folder of the shared material; skip, naming it, where it is absent."""

    def folder(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(
                f"absent data: ../shared/{name} is not here; set MAKEGOOD_SHARED to its folder"
            )
        return path

    return folder
