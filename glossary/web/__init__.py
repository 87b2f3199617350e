"""The web side: the HTTP contract and the pages over the same functions.

Flask finds the application by `create_app`.
"""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.web.app import create_app
    from glossary.web.lanes import UNSHARED, lane_of, lanes, patience
    from glossary.web.proxies import sender
    from glossary.web.rates import share_counts
    from glossary.web.tally import share_numbers
    from glossary.web.turned_away import turned_away

__all__ = [
    "UNSHARED",
    "create_app",
    "lane_of",
    "lanes",
    "patience",
    "sender",
    "share_counts",
    "share_numbers",
    "turned_away",
]

door(__name__)
