"""LibreOffice with the Python that can talk to it."""

import shutil
import subprocess

from tests.running import needs

SYSTEM_PYTHON = "/usr/bin/python3"


def writer_with_uno() -> str:
    """Return LibreOffice's program, where Python can talk to it."""
    found = shutil.which("soffice")
    if found:
        done = subprocess.run(
            [SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False
        )
        found = found if done.returncode == 0 else None
    return needs(found, "LibreOffice Writer and python3-uno")
