"""`python -m makegood_engine.cli`."""

import sys

from makegood_engine.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
