"""What is asked of a lookup."""

from dataclasses import dataclass
from typing import Final

#: How closely a hit fits, best first.
TIERS: Final = ("exact", "folded", "prefix", "part")


@dataclass(frozen=True, slots=True)
class Query:
    """A lookup. `from_` and `to` are None until they are told from the text."""

    q: str
    from_: str | None = None
    to: str | None = None
    glossary: str | None = None
    subject: str | None = None
    as_of: str | None = None
    issuer: str | None = None
    tier: str = TIERS[-1]
    limit: int = 10

    def wants(self, tier: str) -> bool:
        """Say whether hits of this tier are asked for."""
        return TIERS.index(tier) <= TIERS.index(self.tier)
