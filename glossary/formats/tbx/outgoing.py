"""An entry on its way into a TBX file of some version or dialect."""

import re
from collections.abc import Mapping
from itertools import chain, groupby
from typing import Any, Final

from glossary.entry import USABLE
from glossary.formats.record import Drop, Dropped
from glossary.formats.tbx.back import Back
from glossary.formats.tbx.basic import no_category, put_item
from glossary.formats.tbx.frame import TbxVersion
from glossary.formats.tbx.item import Item
from glossary.formats.tbx.kept import Kept
from glossary.formats.xml.fragment import Element, Fit, fit_for
from glossary.message import N_, Message

Entry = Mapping[str, Any]
_ADDRESS: Final = re.compile(r"https?://\S+")


class Outgoing:
    """An entry that is being written: what its dialect holds, and whom to tell."""

    def __init__(
        self, entry: Entry, drop: Drop, version: TbxVersion, back: Back
    ) -> None:
        self.entry, self.version = entry, version
        self._back = back
        self._related = {relation["entry"] for relation in entry["relations"]}
        self.extra = Kept.of(entry["extra"].get("tbx"))
        self._drop = drop
        self._item_ids: set[int] = set()
        self._targets: set[str] = set()
        self.fit: Fit = fit_for(entry["id"], drop)
        self.terms = [
            (f"/terms/{at}", term)
            for at, term in enumerate(entry["terms"])
            if self.has("administrativeStatus") or term["status"] in USABLE
        ]
        #: What may be named beside a term; all of them where all are written.
        self.texts = {term["text"] for _, term in self.terms}

    def has(self, kind: str) -> bool:
        """Say whether the dialect has a data category."""
        return kind in self.version.categories

    def refuse(self, pointer: str, reason: Message, value: str = "") -> None:
        """Tell that something is left out."""
        self._drop(Dropped(self.entry["id"], pointer, reason, value))

    def lack(self, kind: str, pointer: str, value: str = "") -> None:
        """Tell that something is left out that the dialect has no category for."""
        self.refuse(pointer, no_category(self.version, kind), value)

    def use(self, item: Item) -> Item:
        """Return a kept item that is written or reported, and remember that it is."""
        self._item_ids.add(id(item))
        return item

    def keep(self, parent: Element, item: Item, level: str, pointer: str) -> None:
        """Write an item that another file brought, where the dialect has a place."""
        put_item(
            parent,
            item,
            version=self.version,
            level=level,
            pointer=pointer,
            fit=self.fit,
            refuse=self.refuse,
            resolve=self._resolved,
        )

    def _resolved(self, target: str) -> str | None:
        """Return a target as it may stand: an address, an entry, or back matter."""
        target = target.removeprefix("#")
        if target in self.extra.back:
            self._targets.add(target)
            return self._back.put(target, self.extra.back[target], self.fit)
        if target in self._related or _ADDRESS.fullmatch(target):
            return target
        return None

    def report(self) -> None:
        """Tell what is left of the entry when its element is made."""
        runs = [lang for lang, _ in groupby(t["lang"] for _, t in self.terms)]
        if len(runs) > len(set(runs)):
            self.refuse(
                "/terms",
                Message(N_("TBX groups terms by language; their order has changed.")),
            )
        self._report_unused()
        self._report_stale()
        for name in self.entry["extra"]:
            if name not in {"tbx", "id"} or (name == "tbx" and not self.extra.whole):
                reason = Message(
                    N_(
                        "TBX has no place for what was kept from a file of "
                        "another kind."
                    )
                )
                self.refuse(f"/extra/{name}", reason)

    def _report_unused(self) -> None:
        """Tell of the terms that may not stand, and what is kept of them."""
        pointers = {pointer for pointer, _ in self.terms}
        for at, term in enumerate(self.entry["terms"]):
            if f"/terms/{at}" in pointers:
                continue
            reason = Message(
                N_("This format holds no terms that are %(status)s."),
                status=term["status"],
            )
            self.refuse(f"/terms/{at}", reason, term["text"])
            for item in self.extra.terms.get((term["lang"], term["text"]), ()):
                self.refuse("/extra/tbx/terms", reason, self.use(item).get("text", ""))
        reason = Message(N_("Nothing that is exported refers to this."))
        for name, value in self.extra.back.items():
            if name not in self._targets:
                texts = ", ".join(item["text"] for item in value.get("items", ()))
                self.refuse("/extra/tbx/back", reason, texts or name)

    def _report_stale(self) -> None:
        """Tell what is kept of something that the entry no longer has."""
        reason = Message(N_("The entry no longer has what this described."))
        groups = (
            self.extra.concept,
            *self.extra.languages.values(),
            *self.extra.terms.values(),
        )
        for item in chain.from_iterable(groups):
            if id(item) not in self._item_ids:
                self.refuse("/extra/tbx", reason, item.get("text", ""))
