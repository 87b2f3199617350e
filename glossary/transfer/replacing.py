"""What a file that replaces a glossary does to the entries that it leaves out.

They are retired, but for those that a refused record may mean. A file that gives no
record retires nothing, and one that would retire a large share of a glossary is asked
about first: most such files were cut off, or belong to another glossary.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from glossary.errors import NoRecords, NotConfirmed, NotReviewer
from glossary.formats import Record, Refused, id_of, texts_of
from glossary.message import N_, Message, counted
from glossary.query import Order
from glossary.store import Matching, Write
from glossary.transfer.report import Outcome, Trouble


@dataclass(frozen=True, slots=True)
class Retiring:
    """How many of the entries in use of some glossaries a file would retire.

    `asks` says whether that is more than goes unasked.
    """

    count: int
    of: int
    glossaries: tuple[str, ...]
    asks: bool

    def message(self) -> Message:
        """Say it."""
        return counted(
            self.count,
            N_(
                "One of the %(of)s entries in use of “%(names)s” is not in the file "
                "and would be retired."
            ),
            N_(
                "%(count)s of the %(of)s entries in use of “%(names)s” are not in the "
                "file and would be retired."
            ),
            of=self.of,
            names="”, “".join(self.glossaries),
        )


class Replacement:
    """Notes what the records of a replacing file mean, and retires the rest at the end.

    `asks` is told how many would go when that is more than goes `unasked`: a share of
    the entries of a glossary, from 0 to 1.
    """

    def __init__(
        self,
        write: Write,
        matching: Matching,
        order: Order,
        *,
        asks: Callable[[int], None],
        unasked: float,
    ) -> None:
        self._write = write
        self._matching = matching
        self._order = order
        self._asks = asks
        self._unasked = unasked
        #: How many entries each glossary that the file speaks of had in use.
        self._sizes: dict[str, int] = {}
        #: Those that a record was taken for.
        self._replaced: set[str] = set()
        self._refusals = 0
        self._keeps_all = False

    def begin(self, glossary: str) -> None:
        """Note that a record is about to be written to a glossary."""
        if glossary not in self._sizes:
            self._sizes[glossary] = self._matching.in_use(glossary)

    def taken(self, glossary: str) -> None:
        """Note that a record was written to a glossary."""
        self._replaced.add(glossary)

    def refused(self, record: Record | Refused, outcome: Outcome) -> Outcome:
        """Keep the entries that a refused record may mean.

        Return the outcome, with a warning where the record does not say which they are.
        """
        self._refusals += 1
        if isinstance(record, Refused):
            entry, texts, guessed = record.entry, record.texts, record.guessed
        else:
            entry, texts = id_of(record.data), texts_of(record.data)
            guessed = False
        is_there = self._matching.keep(entry, texts, self._order.glossary)
        if is_there or ((entry or texts) and not guessed):
            return outcome
        self._keeps_all = True
        message = Message(N_("It is unclear which entry this is, so none is retired."))
        warning = Trouble(record.line, None, "keeps-all", message)
        return replace(outcome, warnings=(*outcome.warnings, warning))

    def rest(self) -> Iterator[Outcome]:
        """Retire what the file has left out, and yield an outcome for each entry.

        Raise NoRecords when nothing in the file could be taken, and NotConfirmed when
        more would be retired than goes unasked or was confirmed.
        """
        if not self._replaced:
            raise NoRecords(_refused_all() if self._refusals else _nothing_in_it())
        undone = self._refusals and self._order.on_error == "abort"
        if self._keeps_all or (undone and not self._order.dry_run):
            return
        retiring = self._retiring()
        if retiring.asks:
            self._asks(retiring.count)
            self._must_be_confirmed(retiring)
        warning = Trouble(0, None, "retires-many", retiring.message())
        warnings = (warning,) if retiring.asks else ()
        for name in retiring.glossaries:
            for entry in self._matching.unmet(name):
                try:
                    self._write.update(replace(entry, state="retired"), "retire")
                except NotReviewer as error:
                    trouble = Trouble(0, None, error.code, error.message)
                    yield Outcome(0, "conflict", entry.id, (trouble,), warnings)
                else:
                    yield Outcome(0, "retire", entry.id, warnings=warnings)
                warnings = ()

    def _retiring(self) -> Retiring:
        share = self._unasked
        sizes = self._sizes
        going = {name: self._matching.unmet_count(name) for name in self._replaced}
        names = tuple(sorted(name for name, count in going.items() if count))
        return Retiring(
            sum(going.values()),
            sum(sizes[name] for name in names),
            names,
            any(count > share * sizes[name] for name, count in going.items()),
        )

    def _must_be_confirmed(self, retiring: Retiring) -> None:
        order = self._order
        if order.dry_run or order.any_number or order.confirm == retiring.count:
            return
        raise NotConfirmed(retiring.count, retiring.message())


def _nothing_in_it() -> str:
    return N_("The file has no records, so it replaces nothing.")


def _refused_all() -> str:
    return N_("No record in the file could be used, so it replaces nothing.")
