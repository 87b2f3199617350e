"""Ask whether a weakness is known of what is locked, or say that nobody was asked.

    python deploy/audit.py [--must-answer] [requirements.txt]

pip-audit passes over each package that its database does not answer for, and is
content. Here it is counted: exit code 1 for a known weakness, 75 with `--must-answer`
(for a release) where anything was left out, else 0 with the number of those left out.
"""

import json
import subprocess
import sys
from pathlib import Path

LOCKED = Path(__file__).with_name("requirements.txt")


def main() -> int:
    """Audit and say how it went; return the exit code."""
    files = [each for each in sys.argv[1:] if not each.startswith("--")]
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"]
    command += ["--progress-spinner", "off", "--format", "json", "--timeout", "5"]
    done = subprocess.run(  # noqa: S603 - our own words.
        [*command, "--requirement", *(files or [str(LOCKED)])],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        told = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        told = []
    weak = [each for each in told if each.get("vulns")]
    left = [each for each in told if "skip_reason" in each]
    for each in weak:
        for known in each["vulns"]:
            print(f"{each['name']} {each['version']}: {known['id']}")  # noqa: T201
    asked = len(told) - len(left)
    print(f"pip-audit: {asked} packages audited, {len(weak)} with a known weakness")  # noqa: T201
    if left or not told:
        number = len(left) or "all"
        reason = left[0]["skip_reason"] if left else done.stderr.strip()[-300:]
        print(f"NOT AUDITED: {number} packages. No database answers here: {reason}")  # noqa: T201
    if weak:
        return 1
    return 75 if "--must-answer" in sys.argv and (left or not told) else 0


if __name__ == "__main__":
    sys.exit(main())
