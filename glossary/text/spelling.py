"""British spellings and the American ones they are matched as.

Only whole words of the tables are touched, never a pattern such as “our → or”:
*four* must not become *for*. The stems were listed for this genre; a British word
that is missing is simply not united with its American twin.
"""

from bisect import bisect_left
from itertools import takewhile
from typing import Final

_OUR = """armour behaviour candour clamour colour demeanour enamour endeavour favour
flavour harbour honour humour labour neighbour odour parlour rancour rigour rumour
saviour savour splendour tumour valour vapour vigour"""
_OUR_ENDINGS = """
s ed ing er ers able ably ite ites ly hood hoods liness al ally less ful fully ism
""".split()

_ISE = """
actual agon alphabet antagon apolog author baptis brutal capital categor central
character civil class colon colonial commercial critic crystall customar custom
decentral decolon demilitar democrat demonopol denational denuclear depolit deputy
destabil digital digit econom emphas energ epitom equal fantas familiar federal fertil
final formal fragil general global harmon hospital hypothes ideal immobil immun
industrial institutional internal international jeopard legal legitim liberal local
margin marginal material maxim mechan memorial memor militar minim mobil modern
monopol moral multilateral national natural neutral normal nuclear operational optim
organ ostrac patron penal personal plural polar polit popular priorit privat
professional public radical rational real recogn regional regular reorgan revital
revolution ritual romantic sanit scrutin secular securit sensit social special stabil
standard steril stigmat structural subsid summar symbol sympath synchron synthes
system territorial terror theor trivial urban util verbal victim visual vocal western
""".split()
_ISE_ENDINGS = [
    "e",
    "ed",
    "es",
    "er",
    "ers",
    "ing",
    "ation",
    "ations",
    "ational",
    "able",
]

_YSE = ["anal", "catal", "paral", "dial", "electrol"]

_RE = """
calibre centre fibre litre lustre meagre metre kilometre centimetre millimetre ochre
sabre sceptre sepulchre sombre spectre theatre epicentre
""".split()

_DOUBLED = """
cancel channel chisel counsel dial duel equal fuel label level marshal model panel
pedal pencil quarrel refuel rival shovel signal spiral total travel tunnel unravel
""".split()
_DOUBLED_ENDINGS = ["ed", "ing", "er", "ers"]

_PAIRS: Final = {
    "acknowledgement": "acknowledgment",
    "acknowledgements": "acknowledgments",
    "ageing": "aging",
    "aluminium": "aluminum",
    "analogue": "analog",
    "artefact": "artifact",
    "artefacts": "artifacts",
    "catalogue": "catalog",
    "catalogues": "catalogs",
    "counsellor": "counselor",
    "counsellors": "counselors",
    "defence": "defense",
    "defences": "defenses",
    "defenceless": "defenseless",
    "dialog": "dialogue",
    "dialogs": "dialogues",
    "draught": "draft",
    "encyclopaedia": "encyclopedia",
    "enrolment": "enrollment",
    "fulfilment": "fulfillment",
    "fulfil": "fulfill",
    "fulfils": "fulfills",
    "grey": "gray",
    "instalment": "installment",
    "instalments": "installments",
    "instil": "instill",
    "judgement": "judgment",
    "judgements": "judgments",
    "licence": "license",
    "licences": "licenses",
    "manoeuvre": "maneuver",
    "manoeuvres": "maneuvers",
    "manoeuvring": "maneuvering",
    "mediaeval": "medieval",
    "mould": "mold",
    "offence": "offense",
    "offences": "offenses",
    "paediatric": "pediatric",
    "plough": "plow",
    "practise": "practice",
    "practised": "practiced",
    "practises": "practices",
    "practising": "practicing",
    "pretence": "pretense",
    "pretences": "pretenses",
    "programme": "program",
    "programmes": "programs",
    "sceptic": "skeptic",
    "sceptical": "skeptical",
    "scepticism": "skepticism",
    "skilful": "skillful",
    "skilfully": "skillfully",
    "smoulder": "smolder",
    "sulphur": "sulfur",
    "tranquillity": "tranquility",
    "wilful": "willful",
    "wilfully": "willfully",
}

#: Prefixes that are written apart, with a hyphen, or together: co-operation,
#: non-proliferation, anti-terrorism, counter-terrorism, multi-lateral.
SEPARABLE_PREFIXES: Final = ("non", "anti", "co", "counter", "multi")


def _american() -> dict[str, str]:
    table = dict(_PAIRS)
    for word in _OUR.split():
        stem = word.removesuffix("our")
        table |= {f"{stem}our{end}": f"{stem}or{end}" for end in ("", *_OUR_ENDINGS)}
    for stem in _ISE:
        table |= {f"{stem}is{end}": f"{stem}iz{end}" for end in _ISE_ENDINGS}
    for stem in _YSE:
        table |= {f"{stem}ys{end}": f"{stem}yz{end}" for end in ("e", "ed", "ing")}
    for word in _RE:
        stem = word.removesuffix("re")
        table |= {f"{stem}re": f"{stem}er", f"{stem}res": f"{stem}ers"}
        table[f"{stem}red"] = f"{stem}ered"
    for word in _DOUBLED:
        short = word.removesuffix("l")
        table |= {f"{short}ll{end}": f"{short}l{end}" for end in _DOUBLED_ENDINGS}
    return table


#: Lower-case British word → lower-case American word.
AMERICAN: Final = _american()
_BRITISH: Final = sorted(AMERICAN)


def american_start(word: str) -> str:
    """Return what the American twin of an unfinished word surely begins with.

    Somebody who has typed *neighbou* is on the way to *neighbourly*, which is
    matched as *neighborly*: what both share is *neighbo*.

    >>> american_start("neighbou"), american_start("organis"), american_start("four")
    ('neighbo', 'organi', 'four')
    """
    at = bisect_left(_BRITISH, word)
    if len(word) < 4 or at == len(_BRITISH) or not _BRITISH[at].startswith(word):
        return word
    pairs = zip(word, AMERICAN[_BRITISH[at]], strict=False)
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
