"""The command line. Results go to standard output, progress and logs to standard error.

Exit codes: 0 done, 1 nothing found or a finding that fails a check, 2 wrong usage, 65
data that breaks a rule, 69 another program has the server's address, 74 the store or a
file cannot be read or written.
"""

from glossary.cli.root import EXIT_CODES, main

__all__ = ["EXIT_CODES", "main"]
