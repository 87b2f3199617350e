"""A Chinese-English termbase for diplomatic set phrases."""

from typing import Final

#: The name that package indexes know; what is imported and run is `glossary`.
DISTRIBUTION: Final = "glossary-termbase"
