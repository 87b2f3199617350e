"""Run the command line: `python -m glossary.cli`."""

from glossary.cli import main

main(prog_name="glossary")
