"""A PostgreSQL of one's own for as long as a command runs: `python -m tests.postgres COMMAND …`.

The cluster is made in a temporary folder, listens on a socket there and nowhere else, and is gone
at the end. PostgreSQL refuses to be run by root, so root hands it to the `postgres` user of the
machine's package.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ABSENT = (
    "PostgreSQL is not here, so nothing is tried on it: install it with apt-get install postgresql."
)
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses="
"""Nothing of a throwaway cluster has to outlive a crash."""
EVEN = "-c autovacuum=off"
"""Tests roll back what they write: counted meanwhile, a full table is taken for an empty one, and read
row by row for half an hour."""
KEPT = "--reuse-db"
"""Its databases go with the cluster, so that no session left open keeps one from being dropped."""


def programs() -> Path | None:
    """The folder of PostgreSQL's own programs, the newest there is."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    packaged = Path("/usr/lib/postgresql").glob("*/bin")
    return max(packaged, key=lambda folder: int(folder.parent.name), default=None)


@contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """Start a cluster; give its address, and take it away at the end."""
    with tempfile.TemporaryDirectory(prefix="makegood-postgres-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir()
        user = _owner(data)

        def run(program: str, *words: str) -> None:
            command = [*_as(user), str(binaries / program), "-D", str(data), *words]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)

        run("initdb", "--username=makegood", "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-k {data} {FAST} {EVEN}"
        run("pg_ctl", "start", "-w", "-l", str(data / "log"), "-o", options)
        try:
            yield f"postgres://makegood@{str(data).replace('/', '%2F')}/postgres"
        finally:
            run("pg_ctl", "stop", "-m", "immediate")


def _owner(folder: Path) -> str | None:
    """Hand the folder to the user who will run PostgreSQL, where that is not us."""
    if os.getuid() != 0:
        return None
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return user.pw_name


def _as(user: str | None) -> list[str]:
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"] if user else []


def main(command: Sequence[str]) -> int:
    """Run a command with `DATABASE_URL` naming a fresh cluster; say how it exited."""
    binaries = programs()
    if binaries is None:
        sys.stderr.write(f"{ABSENT}\n")
        return 0
    with cluster(binaries) as address:
        told = {"DATABASE_URL": address, "PYTEST_ADDOPTS": KEPT}
        done = subprocess.run(command, check=False, env=os.environ | told)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
