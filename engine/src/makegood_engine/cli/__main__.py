"""`python -m makegood_engine.cli`."""

from makegood_engine.cli.main import leave

if __name__ == "__main__":
    leave()
