"""One entry while the rows of a table that speak of it are read: its terms."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from glossary.formats.clue import fit, id_of, texts_of
from glossary.formats.identifier import subject_id
from glossary.formats.record import Record, Refused, Remark
from glossary.formats.status import DRAFT, truth_of
from glossary.formats.table.alphabet import (
    chinese_script,
    is_foreign,
    is_han_alone,
    is_mixed,
)
from glossary.formats.table.cells import alternatives, share_slashes
from glossary.formats.table.columns import TERMS, Column, Layout
from glossary.formats.table.qualifiers import marked
from glossary.message import N_, Message
from glossary.text import canonical, has_han, primary

_DOUBTFUL: Final = ("(?)", "（?）", "（？）", "(？)")

#: Columns whose cells are words of a list, so that another one is not understood.
JUDGED: Final = frozenset(
    "status target_status state pos source_pos target_pos type forbidden preferred"
    " deprecated approved match case_sensitive".split()
)

Term = dict[str, Any]


class Draft:
    """An entry in the making. `refusal` says why it cannot become a record."""

    def __init__(
        self, line: int, layout: Layout, key: str = "", split: str = ""
    ) -> None:
        self.line, self.key, self.layout = line, key, layout
        self._split = split
        #: What is to be said of the rows beside the record.
        self.remarks: list[Remark] = []
        self.data: dict[str, Any] = {"terms": []}
        self.columns: dict[str, str] = {}
        #: What entries name, where the row is no entry.
        self.noun: dict[str, Any] | None = None
        self.refusal: Refused | None = None
        #: Wordings whose language nobody knows.
        self.unread: list[str] = []
        #: The terms of the row at hand, each with the column that it stands in.
        self.row: list[tuple[Term, Column]] = []
        #: How many terms there were before the row at hand.
        self.before = 0

    def add_terms(self, line: int, values: Sequence[str]) -> None:
        """Take in the terms of one row."""
        self.row = []
        self.before = len(self.data["terms"])
        columns = self.layout.terms
        filled = [c for c in columns if values[c.index]]
        slash = share_slashes(values[c.index] for c in filled)
        for column in filled:
            lang = column.lang or self._lang_in_row(line, column, values)
            if lang is None:
                self.unread.append(values[column.index])
                continue
            for text in self._texts(column, values[column.index], slash=slash):
                if not self.layout.own and self._is_astray(text, lang, values):
                    self._refuse_script(line, column, text, lang)
                    continue
                script = chinese_script(text) if column.is_open else None
                self._add_rated(line, script or lang, text, column)
        if filled and len(filled) < len(columns) and self._is_kept(values):
            self._keep(columns, values[filled[0].index])
        if not self.layout.own:
            self._look_at_scripts(line)

    def _add_rated(self, line: int, lang: str, text: str, column: Column) -> None:
        """Add a term, and take what stands in brackets beside it for its status."""
        bare, status, mark = ("", "", "") if self.layout.own else marked(text)
        if not status:
            return self._add_term(lang, text, column)
        self._add_term(lang, bare, column)
        self.row[-1][0].setdefault("status", status)
        message = Message(
            N_("“%(mark)s” beside a term is taken as its status: %(status)s."),
            mark=mark,
            status=status,
        )
        self.remarks.append(
            Remark(line, column.heading, "mark", message, text, lost=False)
        )
        return None

    def _is_astray(self, text: str, lang: str, values: Sequence[str]) -> bool:
        """Say whether a text stands under a language that it cannot be in.

        Chinese under English is a term that is not translated where the Chinese says
        the same, and else belongs to another column.
        """
        if is_foreign(text, lang):
            return True
        if primary(lang) != "en" or not is_han_alone(text):
            return False
        others = [values[c.index] for c in self.layout.terms if c.lang != lang]
        return any(others) and text not in others

    def _look_at_scripts(self, line: int) -> None:
        """Warn of English with Chinese in it, and of Chinese with its English in it."""
        english = {t["text"] for t, _ in self.row if primary(t["lang"]) == "en"}
        chinese = {t["text"] for t, _ in self.row if primary(t["lang"]) == "zh"}
        for term, column in self.row:
            text = term["text"]
            if not is_mixed(text) or text in english & chinese:
                continue
            if text in english or any(len(e) > 1 and e in text for e in english):
                message = Message(
                    N_("“%(text)s” is in two languages; are these two terms?"),
                    text=text[:80],
                )
                self.remarks.append(
                    Remark(
                        line, column.heading, "mixed-script", message, text, lost=False
                    )
                )

    def has_no_value(self, line: int, column: Column, content: str) -> None:
        """Refuse a row whose term is an error or a formula that nobody worked out.

        Elsewhere in the row it is accounted for.
        """
        if content.startswith("="):
            template = N_(
                "Line %(line)s: the formula in the column “%(column)s” has "
                "no value. Open the workbook in a spreadsheet and "
                "save it again."
            )
        else:
            template = N_(
                "Line %(line)s: the column “%(column)s” holds the "
                "spreadsheet error %(error)s instead of a value."
            )
        values = {"line": line, "column": column.heading}
        if not content.startswith("="):
            values["error"] = content[:40]
        message = Message(template, **values)
        if column.field in TERMS:
            self.refuse(line, column, "no-value", message, content[:200])
        else:
            self.remarks.append(
                Remark(line, column.heading, "no-value", message, content[:500])
            )

    def not_understood(self, line: int, column: Column, value: str) -> None:
        """Account for a value of a known kind that is none we know, and is kept."""
        message = Message(
            N_(
                "“%(value)s” was not understood; it is kept with the entry "
                "but not used."
            ),
            value=value[:80],
        )
        self.remarks.append(Remark(line, column.heading, "value", message, value[:500]))

    def is_full(self, most: int) -> bool:
        """Say whether an entry has as many terms as one may have."""
        return len(self.data["terms"]) >= most

    def finish(self) -> Record | Refused:
        """Return the record, or why there is none."""
        if self.noun is not None and not self.data["terms"] and not self.refusal:
            return Record(self.line, self.noun)
        refusal = self._refusal()
        if refusal is not None:
            entry, texts = id_of(self.data), texts_of(self.data)
            return replace(refusal, entry=entry, texts=fit([*texts, *self.unread]))
        return Record(self.line, self.data, self.columns)

    def _refusal(self) -> Refused | None:
        if self.refusal is not None:
            return self.refusal
        empty = self._missing() if self.data["terms"] else self.layout.terms[0]
        if empty is not None:
            message = Message(
                N_("Line %(line)s: there is no term in the column “%(column)s”."),
                line=self.line,
                column=empty.heading,
            )
            return Refused(self.line, empty.heading, "empty-term", message)
        return None

    def refuse(
        self, line: int, column: Column, code: str, message: Message, value: str
    ) -> None:
        """Remember the first reason for which there is no record."""
        if self.refusal is None:
            self.refusal = Refused(line, column.heading, code, message, value)

    def is_new(self, term: Term) -> bool:
        """Say whether a term stands in the row at hand for the first time."""
        return any(one is term for one in self.data["terms"][self.before :])

    def came_from(self, term: Term, field: str, column: Column) -> None:
        """Note which column a field of a term came from."""
        for at, one in enumerate(self.data["terms"]):
            if one is term:
                self.columns[f"/terms/{at}/{field}"] = column.heading
                return

    def _refuse_lines(self, column: Column, value: str) -> None:
        message = Message(
            N_(
                "A cell of several lines may be one term or several. For "
                "several, give split=\\n (--split)."
            )
        )
        self.refuse(self.line, column, "several-lines", message, value)

    def _refuse_script(self, line: int, column: Column, text: str, lang: str) -> None:
        message = Message(
            N_("Line %(line)s: “%(text)s” is not in the script of “%(lang)s”."),
            line=line,
            text=text[:80],
            lang=lang,
        )
        self.refuse(line, column, "wrong-script", message, text)

    def _missing(self) -> Column | None:
        """Return the column of a term that a table of two languages lacks."""
        columns = [c for c in self.layout.terms if c.lang is not None]
        languages = {primary(c.lang) for c in columns if c.lang is not None}
        if self.layout.own or len(languages) != 2:
            return None
        there = {primary(term["lang"]) for term in self.data["terms"]}
        return next((c for c in columns if primary(c.lang or "") not in there), None)

    def _texts(self, column: Column, value: str, *, slash: bool) -> list[str]:
        if self.layout.own:
            return [value]
        if "\n" in value and "\n" not in self._split:
            self._refuse_lines(column, value)
            return []
        if value.startswith("<") and value.endswith(">"):
            append(self.data, "note", value)
            return []
        if value.startswith(_DOUBTFUL) and len(value) > 3:
            append(self.data, "note", value)
            self.data["state"], value = DRAFT, value[3:]
        suggested = column.field == "synonyms"
        return alternatives(value, suggested=suggested, slash=slash, split=self._split)

    def _add_term(self, lang: str, text: str, column: Column) -> None:
        terms = self.data["terms"]
        # In a table of ours a wording that stands twice is an error, not a repetition.
        there = [term for term, _ in self.row] if self.layout.own else terms
        for one in there:
            if one["lang"] == lang and one["text"] == text:
                self.row.append((one, column))
                return
        term = {"lang": lang, "text": text}
        self.columns[f"/terms/{len(terms)}/text"] = column.heading
        for name, says in (("status", column.status), ("type", column.kind)):
            if says:
                term[name] = says
                self.columns[f"/terms/{len(terms)}/{name}"] = column.heading
        terms.append(term)
        self.row.append((term, column))

    def _lang_in_row(
        self, line: int, column: Column, values: Sequence[str]
    ) -> str | None:
        field = f"{column.side}_lang" if column.side else "lang"
        column_of_field = next(c for c in self.layout.columns if c.field == field)
        value = values[column_of_field.index]
        tag = canonical(value)
        if tag is None and not value and not self.layout.own:
            text = values[column.index]
            return self.layout.chinese if has_han(text) else "en"
        if tag is None:
            message = Message(
                N_(
                    "Line %(line)s: “%(value)s” is not a language tag such "
                    "as “zh-Hans”."
                ),
                line=line,
                value=value[:40],
            )
            self.refuse(line, column_of_field, "unknown-language", message, value)
        return tag

    def _is_kept(self, values: Sequence[str]) -> bool:
        for column in self.layout.columns:
            truth = truth_of(values[column.index])
            if column.field == "keep" and truth is True:
                return True
            if column.field == "translatable" and truth is False:
                return True
        return False

    def _keep(self, columns: Sequence[Column], text: str) -> None:
        """Give a term that is not to be translated to the other languages too."""
        for column in columns:
            if column.lang and column.field == "term":
                self._add_term(column.lang, text, column)

    def of(self, column: Column) -> list[Term]:
        """Return the terms of the row that a column speaks of."""
        if column.of is not None:
            return [term for term, place in self.row if place.index == column.of]
        if column.lang is not None:
            return [term for term, _ in self.row if term["lang"] == column.lang]
        return [term for term, _ in self.row]

    def renderings(self, column: Column) -> list[Term]:
        """Return the terms of the row that translate the others."""
        terms = self.of(column)
        if column.of is not None or column.lang is not None or len(terms) < 2:
            return terms
        source = next((t for t, c in self.row if c.side == "source"), terms[0])
        return [term for term in terms if term["lang"] != source["lang"]] or terms


def append(data: dict[str, Any], name: str, value: str) -> None:
    """Put a text under a name, on a line of its own when another stands there."""
    old = data.get(name)
    if old != value:
        data[name] = f"{old}\n{value}" if old else value


def name_subject(draft: Draft, name: str) -> None:
    """Put an entry under a subject; keep the name where it is no id."""
    subject = subject_id(name)
    subjects = draft.data.setdefault("subjects", [])
    if subject not in subjects:
        subjects.append(subject)
    if subject != name:
        labels = draft.data.setdefault("extra", {}).setdefault("subjects", {})
        labels[subject] = name
