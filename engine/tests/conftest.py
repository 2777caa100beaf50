"""Where the shared data and reference answers are, for every test of the engine."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from thorough import THOROUGH, how_to_repeat, seed_for

# The same examples at every run, so that a check that passed here passes there, but new ones in a
# thorough run, which is there to search; slow machines may be slow.
settings.register_profile(
    "ours",
    derandomize=not THOROUGH,
    print_blob=THOROUGH,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("ours")


ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("MAKEGOOD_SHARED", ROOT.parent / "shared"))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Draw the seed of a thorough run before hypothesis reads it."""
    config.option.hypothesis_seed = seed_for(config.option.hypothesis_seed) or (
        config.option.hypothesis_seed
    )


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Where made-up cases failed in a thorough run, say how to make them again."""
    if THOROUGH and terminalreporter.stats.get("failed"):
        terminalreporter.write_line(how_to_repeat(config.option.hypothesis_seed))


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
