"""Who is meant by the name of an issuer: 外交部, MFA and MFA of China are one."""

from collections.abc import Iterable, Iterator
from typing import Final

from rapidfuzz import fuzz

from glossary.entry import Issuer
from glossary.errors import Invalid
from glossary.message import N_, Message, Problem
from glossary.text import has_han, is_traditional, key

#: How alike a name must be to be offered, of 100, and so many are offered.
_ALIKE: Final = 60
_OFFERED: Final = 5
#: So many names are remembered with whom they stand for, some hundred bytes each.
_REMEMBERED: Final = 256
#: So many Chinese characters stand for a name that holds them: 国务院, but not 国.
_PART: Final = 2


class IssuerNames:
    """The issuers by every name that they have, and names that nobody is listed for.

    `texts` are names that terms or documents have; each stands for itself where no
    issuer is called so.
    """

    def __init__(self, issuers: Iterable[Issuer] = (), texts: Iterable[str] = ()):
        self.all = tuple(issuers)
        self._by_name: dict[str, Issuer] = {}
        for issuer in self.all:
            for name in spellings(issuer):
                self._by_name.setdefault(key(name), issuer)
        self._meanings: dict[str, frozenset[str]] = {}
        self._unlisted = {key(t): t for t in texts if key(t) not in self._by_name}

    def of(self, text: str | None) -> Issuer | None:
        """Return the issuer that has this name, alias or id."""
        return self._by_name.get(key(text)) if text else None

    def same(self, text: str | None) -> str:
        """Return what tells issuers apart: equal for two names of one issuer."""
        issuer = self.of(text)
        return issuer.id if issuer else key(text or "")

    def keys_of(self, text: str | None) -> frozenset[str] | None:
        """Return the keys of all names of whom a name stands for; None for no name.

        A name may be given in part, by whole words or by two Chinese characters: then
        it stands for everybody who is called so. Who speaks for somebody is meant too.
        Raise Invalid when nobody is called so.
        """
        if text is None:
            return None
        keys = self._meanings.get(text)
        if keys is None:
            keys = self._meant(text)
            if len(self._meanings) >= _REMEMBERED:
                self._meanings.clear()
            self._meanings[text] = keys
        return keys

    def nearest(self, text: str) -> list[str]:
        """Return the names that come nearest to one that nobody has, best first.

        Of each issuer, the name in the script of the text stands for all.
        """
        name_key = key(text)
        likeness = [
            (
                max(_likeness(name_key, name) for name in _keys(issuer)),
                _shown(issuer, text),
            )
            for issuer in self.all
        ]
        likeness += [(_likeness(name_key, k), t) for k, t in self._unlisted.items()]
        near = sorted((-how, name) for how, name in likeness if how >= _ALIKE)
        return [name for _, name in near[:_OFFERED]]

    def _meant(self, text: str) -> frozenset[str]:
        name_key = key(text)
        issuers, unlisted = [*filter(None, [self._by_name.get(name_key)])], []
        if not issuers and name_key in self._unlisted:
            unlisted = [name_key]
        elif not issuers:
            issuers = [
                i for i in self.all if any(_holds(n, name_key) for n in _keys(i))
            ]
            unlisted = [name for name in self._unlisted if _holds(name, name_key)]
        if not issuers and not unlisted:
            raise Invalid([Problem("/issuer", self.nobody(text))])
        return frozenset(unlisted).union(*map(_keys, self._speaking_for(issuers)))

    def _speaking_for(self, issuers: Iterable[Issuer]) -> Iterable[Issuer]:
        """Return issuers with all who speak for them, however far removed."""
        speaking = {issuer.id: issuer for issuer in issuers}
        while more := [
            issuer
            for issuer in self.all
            if issuer.id not in speaking
            and not speaking.keys().isdisjoint(issuer.speaks_for)
        ]:
            speaking |= {issuer.id: issuer for issuer in more}
        return speaking.values()

    def nobody(self, text: str) -> Message:
        """Say that nobody is called so, and who is called nearly so."""
        if near := self.nearest(text):
            template = N_(
                "There is no issuer called “%(issuer)s”; the closest are: %(names)s."
            )
            return Message(template, issuer=text, names=" · ".join(near))
        template = N_(
            "Nobody here is called “%(issuer)s”; the list of issuers says who is known."
        )
        return Message(template, issuer=text)


def spellings(issuer: Issuer) -> Iterator[str]:
    """Yield everything that an issuer is called: its names, aliases, and its id."""
    yield from issuer.names.values()
    yield from issuer.aliases
    yield issuer.id


def _keys(issuer: Issuer) -> frozenset[str]:
    return frozenset(key(name) for name in spellings(issuer))


def _holds(name: str, part: str) -> bool:
    if has_han(part):
        return len(part) >= _PART and part in name
    return bool(part) and f" {part} " in f" {name} "


def _likeness(one: str, other: str) -> float:
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))


def _shown(issuer: Issuer, text: str) -> str:
    """Return an issuer's name in the script of a text, or in any."""
    script = "en"
    if has_han(text):
        script = "zh-Hant" if is_traditional(text) else "zh-Hans"
    near = (script, "zh-Hans", "zh-Hant") if has_han(text) else (script,)
    names = [issuer.names[tag] for tag in near if tag in issuer.names]
    return (*names, *issuer.names.values(), issuer.id)[0]
