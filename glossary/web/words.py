"""What the words of the data are called on a page."""

from typing import Final

from glossary.errors import N_

#: Word of the data → what readers are shown, for translation.
WORDS: Final = {
    "preferred": N_("preferred"),
    "admitted": N_("admitted"),
    "deprecated": N_("deprecated"),
    "superseded": N_("superseded"),
    "forbidden": N_("forbidden"),
    "draft": N_("draft"),
    "approved": N_("approved"),
    "retired": N_("retired"),
    "exact": N_("as written"),
    "folded": N_("same phrase"),
    "prefix": N_("begins so"),
    "part": N_("contains it"),
    "case": N_("letter case"),
    "width": N_("character width"),
    "script": N_("traditional or simplified characters"),
    "punctuation": N_("punctuation"),
    "hyphen": N_("hyphen"),
    "space": N_("spaces"),
    "accent": N_("accents"),
    "spelling": N_("British or American spelling"),
    "article": N_("article"),
    "broader": N_("broader"),
    "narrower": N_("narrower"),
    "whole": N_("part of"),
    "related": N_("related"),
    "contrast": N_("not to be confused with"),
    "fullForm": N_("full form"),
    "acronym": N_("acronym"),
    "abbreviation": N_("abbreviation"),
    "shortForm": N_("short form"),
    "variant": N_("variant"),
    "phrase": N_("phrase"),
    "create": N_("created"),
    "update": N_("changed"),
    "retire": N_("retired"),
    "restore": N_("restored"),
    "en": N_("English"),
    "zh-Hans": N_("Simplified Chinese"),
    "zh-Hant": N_("Traditional Chinese"),
}
