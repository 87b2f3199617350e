"""Where entries are kept: the only state of the service."""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.store import deciding, examining
    from glossary.store.address import beside, is_address
    from glossary.store.between import framed, messages
    from glossary.store.browsing import Chosen, Listed, Recent
    from glossary.store.changeset import Changeset, Moved
    from glossary.store.condition import condition
    from glossary.store.copying import Holdings, copy, tell
    from glossary.store.findable import Findable, Ready, findable
    from glossary.store.first_versions import UPGRADE
    from glossary.store.grams import Wanted
    from glossary.store.issuers import IssuerNames, spellings
    from glossary.store.later import Later
    from glossary.store.listing import (
        ALL,
        SORTS,
        EntryListing,
        Listing,
        VersionListing,
        picked,
    )
    from glossary.store.matching import Matching, wording
    from glossary.store.nouns import N
    from glossary.store.numbers import CountOf, numbers_of, of_every_proof
    from glossary.store.once import DoneBefore, reused
    from glossary.store.opening import open_store, store_at
    from glossary.store.parts import EntryPart, EntryParts, Makers
    from glossary.store.people import People
    from glossary.store.proposals import PROPOSED
    from glossary.store.refusal import damaged, of_system
    from glossary.store.scope import Candidate, Scope
    from glossary.store.searching import Search
    from glossary.store.sqlite.store import SqliteStore
    from glossary.store.store import Store
    from glossary.store.whole_file import FOR_ALL, WholeFile
    from glossary.store.writing import Write, moved

__all__ = [
    "ALL",
    "FOR_ALL",
    "PROPOSED",
    "SORTS",
    "UPGRADE",
    "Candidate",
    "Changeset",
    "Chosen",
    "CountOf",
    "DoneBefore",
    "EntryListing",
    "EntryPart",
    "EntryParts",
    "Findable",
    "Holdings",
    "IssuerNames",
    "Later",
    "Listed",
    "Listing",
    "Makers",
    "Matching",
    "Moved",
    "N",
    "People",
    "Ready",
    "Recent",
    "Scope",
    "Search",
    "SqliteStore",
    "Store",
    "VersionListing",
    "Wanted",
    "WholeFile",
    "Write",
    "beside",
    "condition",
    "copy",
    "damaged",
    "deciding",
    "examining",
    "findable",
    "framed",
    "is_address",
    "messages",
    "moved",
    "numbers_of",
    "of_every_proof",
    "of_system",
    "open_store",
    "picked",
    "reused",
    "spellings",
    "store_at",
    "tell",
    "wording",
]

door(__name__)
