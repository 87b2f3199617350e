"""The kinds of value that schemas are made of, and how they say what is wrong."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Final

import marshmallow
from marshmallow import RAISE, ValidationError, fields

from glossary.config import Settings, settings_in_force
from glossary.entry import period
from glossary.errors import Invalid
from glossary.message import N_, Message, Problem
from glossary.query import SPLITS, Moment
from glossary.text import canonical, slotted, visible

#: The longest term, in code points after NFC.
TERM_LENGTH: Final = 500
_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,99}")
#: What marshmallow itself says of the fields used here, for translation.
_BUILT_IN: Final = (
    N_("Missing data for required field."),
    N_("Field may not be null."),
    N_("Unknown field."),
    N_("Invalid input type."),
    N_("Not a valid string."),
    N_("Not a valid integer."),
    N_("Number too large."),
    N_("Not a valid boolean."),
    N_("Not a valid list."),
    N_("Not a valid mapping type."),
)
#: Controls, lone surrogates and marks that turn the direction of what follows.
_UNFIT: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
_UNFIT_IN_PROSE: Final = re.compile(
    _UNFIT.pattern.replace(r"\x00-\x1f", r"\x00-\x08\x0b-\x1f")
)
#: What ends a line, or stands between cells.
_BREAKS: Final = re.compile(r"[\t-\r\x85\u2028\u2029]+ *")
#: A sorting text, which is as long as a folded term may become, and an entry's number.
_LIST_PLACE: Final = re.compile(r"(.{0,10000})~([0-9]{1,18})")
NO_CURSOR: Final = N_("This is no cursor; follow the link to the next page as it is.")


def load(schema: marshmallow.Schema, data: object) -> Any:
    """Return the noun that `data` describes.

    Raise Invalid with every broken rule, each at its RFC 6901 pointer.
    """
    try:
        return schema.load(data)  # type: ignore[arg-type]
    except ValidationError as error:
        raise Invalid(list(_problems(error.messages, ""))) from None


def _problems(messages: Any, pointer: str) -> Iterator[Problem]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            if name in {"_schema", "value", "key"}:
                yield from _problems(inner, pointer)
            else:
                step = str(name).replace("~", "~0").replace("/", "~1")
                yield from _problems(inner, f"{pointer}/{step}")
    else:
        yield from (Problem(pointer, message) for message in messages)


def one_of(choices: tuple[str, ...]) -> Callable[[str], None]:
    """Make a validator that takes one of the words."""

    def validate(value: str) -> None:
        if value not in choices:
            raise ValidationError(
                Message(N_("Must be one of: %(choices)s."), choices=", ".join(choices))
            )

    # The OpenAPI document lists the words.
    validate.choices = choices  # type: ignore[attr-defined]
    return validate


def few(most: Callable[[Settings], int]) -> Callable[[list[str]], None]:
    """Make a validator that takes a list of at most so many."""

    def validate(value: list[str]) -> None:
        message = N_("There are %(count)s; %(most)s are allowed.")
        count, allowed = len(value), most(settings_in_force())
        if count > allowed:
            raise ValidationError(Message(message, count=count, most=allowed))

    return validate


def in_order(data: Mapping[str, Any]) -> None:
    """Raise ValidationError when `until` lies before `since`."""
    since, until = data.get("since"), data.get("until")
    if since and until and period.bounds(since)[0] > period.bounds(until)[1]:
        raise ValidationError(N_("“until” lies before “since”."), "until")


class Text(fields.String):
    """One line of text, stored NFC and without spaces around it."""

    unfit = _UNFIT

    def __init__(
        self, *, longest: int | Callable[[Settings], int], empty: bool = True, **kw: Any
    ) -> None:
        super().__init__(**kw)
        self.longest, self.empty = longest, empty

    def _deserialize(self, *args: Any, **kw: Any) -> str:
        return self.of_text(super()._deserialize(*args, **kw) or "")

    def of_text(self, value: str) -> str:
        """Return what is stored of a text; raise ValidationError."""
        text = self.shaped(unicodedata.normalize("NFC", value).strip())
        if not text and not self.empty:
            raise ValidationError(N_("This must not be empty."))
        most = self.most()
        if len(text) > most:
            raise ValidationError(
                Message(
                    N_("This has %(length)s characters; %(most)s are allowed."),
                    length=len(text),
                    most=most,
                )
            )
        if unfit := self.unfit.search(text):
            raise ValidationError(
                Message(
                    N_("Character %(place)s is U+%(code)s, which no text may hold."),
                    place=unfit.start() + 1,
                    code=f"{ord(unfit[0]):04X}",
                )
            )
        return text

    def shaped(self, text: str) -> str:
        """Return the text as it is stored."""
        return text

    def most(self) -> int:
        """Return the length that is allowed now, in code points."""
        return (
            self.longest
            if isinstance(self.longest, int)
            else self.longest(settings_in_force())
        )


class Phrase(Text):
    """A phrase that is looked up: lines that were pasted are one."""

    def shaped(self, text: str) -> str:
        """Return the phrase on one line."""
        return _BREAKS.sub(" ", text)


class WordingText(Text):
    """A term: its slots are stored as `{…}`, however they were written.

    Characters of no width that came with it from a page or a PDF are left out.
    """

    def shaped(self, text: str) -> str:
        """Return the wording with its slots, and with nothing that nobody sees."""
        return slotted(visible(text).strip())


class Prose(Text):
    """Text that may have several lines, however they end: a definition, a note."""

    unfit = _UNFIT_IN_PROSE

    def __init__(self, **kw: Any) -> None:
        super().__init__(longest=lambda s: s.max_prose, **kw)

    def shaped(self, text: str) -> str:
        """Return the text with the line ends of the store."""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class Tag(fields.String):
    """A BCP 47 language tag, mapped to the form used here."""

    def _deserialize(self, *args: Any, **kw: Any) -> str:
        return self.of_text(super()._deserialize(*args, **kw) or "")

    def of_text(self, value: str) -> str:
        """Return the tag that a text is; raise ValidationError."""
        tag = canonical(value)
        if tag is None:
            raise ValidationError(
                Message(N_("“%(tag)s” is not a BCP 47 language tag."), tag=value[:40])
            )
        return tag


class Id(fields.String):
    """A name that is also a valid xs:ID: `^[a-z][a-z0-9-]{0,99}$`."""

    def _deserialize(self, *args: Any, **kw: Any) -> str:
        return self.of_text(super()._deserialize(*args, **kw) or "")

    def of_text(self, value: str) -> str:
        """Return the id that a text is; raise ValidationError."""
        if not _ID.fullmatch(value):
            raise ValidationError(
                N_("An id begins with a–z and has a–z, 0–9 and “-” only, 100 at most.")
            )
        return value


class Ids(fields.String):
    """Names with commas between them, in a body also a list, loaded as a set."""

    def _deserialize(self, value: Any, *args: Any, **kw: Any) -> frozenset[str]:  # type: ignore[override]
        if not isinstance(value, list):
            text = super()._deserialize(value, *args, **kw) or ""
            value = [name.strip() for name in text.split(",") if name.strip()]
        return frozenset(map(Id().deserialize, value))


class Date(fields.String):
    """A date as coarse as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""

    def _deserialize(self, *args: Any, **kw: Any) -> str:
        return self.of_text(super()._deserialize(*args, **kw) or "")

    def of_text(self, value: str) -> str:
        """Return the date that a text is; raise ValidationError."""
        try:
            period.bounds(value)
        except ValueError:
            raise ValidationError(
                Message(
                    N_("“%(date)s” is no date; write YYYY, YYYY-MM or YYYY-MM-DD."),
                    date=value[:40],
                )
            ) from None
        return value


class Count(fields.Integer):
    """A whole number from 1 to a setting's value."""

    def __init__(self, most: Callable[[Settings], int], **kw: Any) -> None:
        super().__init__(**kw)
        self.most = most

    def _deserialize(self, *args: Any, **kw: Any) -> Any:
        value = super()._deserialize(*args, **kw)
        most = self.most(settings_in_force())
        if value is not None and not 1 <= value <= most:
            raise ValidationError(
                Message(N_("This must lie between 1 and %(most)s."), most=most)
            )
        return value


class Queries(fields.List[str]):
    """A list of at most so many queries as a setting says."""

    def _deserialize(self, *args: Any, **kw: Any) -> list[str]:  # type: ignore[override]
        value: Any = super()._deserialize(*args, **kw) or []
        most = settings_in_force().max_lookups
        if len(value) > most:
            template = N_("Send at most %(most)s queries at once.")
            raise ValidationError(Message(template, most=most))
        return list(value)


class Mapped(fields.String):
    """Columns of a file by field, `zh=原文,en=译文`, loaded as pairs."""

    def _deserialize(  # type: ignore[override]
        self, *args: Any, **kw: Any
    ) -> tuple[tuple[str, str], ...]:
        value = super()._deserialize(*args, **kw) or ""
        pairs = [pair.partition("=") for pair in value.split(",") if pair.strip()]
        if not all(name.strip() and heading.strip() for name, _, heading in pairs):
            raise ValidationError(N_("Write field=column, with commas between them."))
        if len({name.strip() for name, *_ in pairs}) < len(pairs):
            raise ValidationError(N_("A field is mapped twice; write zh=1|3 for two."))
        return tuple((name.strip(), heading.strip()) for name, _, heading in pairs)


class SheetNames(fields.String):
    """Sheets of a workbook, with `/` between them, which no name of one has."""

    def _deserialize(self, *args: Any, **kw: Any) -> tuple[str, ...]:  # type: ignore[override]
        value = super()._deserialize(*args, **kw) or ""
        return tuple(filter(None, map(str.strip, value.split("/"))))


class Splitting(fields.String):
    r"""The characters that part synonyms in a cell; a line break may be `\n`."""

    def _deserialize(self, *args: Any, **kw: Any) -> str:
        value = (super()._deserialize(*args, **kw) or "").replace("\\n", "\n")
        if strange := [c for c in value if c not in SPLITS]:
            raise ValidationError(
                Message(
                    N_("“%(strange)s” parts no synonyms; these may: %(all)s"),
                    strange=strange[0],
                    all=" ".join(SPLITS.replace("\n", "")) + " \\n",
                )
            )
        return value


class Number(fields.Integer):
    """A whole number from 0 on."""

    refusal: ClassVar[str] = N_("This must be a whole number from 0 on.")

    def _deserialize(self, *args: Any, **kw: Any) -> Any:
        value = super()._deserialize(*args, **kw)
        if value is not None and not 0 <= value < 2**53:
            raise ValidationError(self.refusal)
        return value


class Revision(Number):
    """A number of write transactions, from 0 on."""

    refusal: ClassVar[str] = N_("This is no revision of the store.")


class Since(fields.String):
    """What a caller has seen: `EPOCH-REVISION`, or a number as of this epoch."""

    def _deserialize(self, *args: Any, **kw: Any) -> Moment:  # type: ignore[override]
        value = super()._deserialize(*args, **kw) or ""
        try:
            return Moment.read(value)
        except ValueError:
            raise ValidationError(N_("This is no revision of the store.")) from None


class ChangePlace(fields.String):
    """Where a list of changes goes on: `revision:entry`, loaded as a pair."""

    def _deserialize(  # type: ignore[override]
        self, *args: Any, **kw: Any
    ) -> tuple[Moment, str]:
        moment, place = _parted(super()._deserialize(*args, **kw) or "")
        if not _ID.fullmatch(place):
            raise ValidationError(NO_CURSOR)
        return moment, place


class NounPlace(fields.String):
    """Where a list of changes goes on: `revision:kind/id`, loaded as a pair."""

    def _deserialize(  # type: ignore[override]
        self, *args: Any, **kw: Any
    ) -> tuple[Moment, tuple[str, str]]:
        moment, place = _parted(super()._deserialize(*args, **kw) or "")
        match = re.fullmatch(rf"([a-z]+)/({_ID.pattern})", place)
        if match is None:
            raise ValidationError(NO_CURSOR)
        return moment, (match[1], match[2])


def _parted(cursor: str) -> tuple[Moment, str]:
    """Return the moment and the rest of a cursor; raise ValidationError."""
    moment, _, place = cursor.partition(":")
    try:
        return Moment.read(moment), place
    except ValueError:
        raise ValidationError(NO_CURSOR) from None


class ListPlace(fields.String):
    """Where a list of entries goes on: `text~number`, loaded as a pair."""

    def _deserialize(self, *args: Any, **kw: Any) -> tuple[str, int]:  # type: ignore[override]
        value = super()._deserialize(*args, **kw) or ""
        match = _LIST_PLACE.fullmatch(value)
        if match is None or _UNFIT.search(value):
            raise ValidationError(NO_CURSOR)
        return match[1], int(match[2])


class Strict(marshmallow.Schema):
    """What all schemas share: an unknown name is an error."""

    class Meta:
        """Options of marshmallow."""

        unknown = RAISE
