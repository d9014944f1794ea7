"""Abbreviations behind which no sentence ends, by language.

A language that is not listed has those of English and what all languages share. Both kinds are
written in small letters and without their last full stop.

- ``ALWAYS``: something follows ("e.g. the gate"), whatever it is.
- ``BEFORE_NUMBER``: a number or a reference follows ("Fig. 3"); else a sentence may end there.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Abbreviations(NamedTuple):
    """The abbreviations of one language."""

    always: frozenset[str]
    before_number: frozenset[str]


_SHARED_ALWAYS = "cf vs resp dr prof st"
_SHARED_BEFORE_NUMBER = (
    "art ca cap ch chap col ed eq eqn fig figs ill min max no nos nr p par pp sec sect sig tab "
    "vol § §§"
)
# By language: what always goes on, and what goes on before a number.
_LISTS = {
    "en": (
        (
            "e.g eg i.e ie viz mr mrs ms messrs mt ft gen col sgt capt lt rev hon gov sen rep pres "
            "approx incl excl"
        ),
        (
            "approx app appx appendix bk cl div ex ln para pl pt ref refs rev ser subsec tbl v ver "
            "jan feb mar apr jun jul aug sep sept oct nov dec"
        ),
    ),
    "de": (
        (
            "z.b zb d.h dh u.a ua bzw vgl evtl ggf inkl exkl zzgl einschl sog bspw z.t i.d.r u.u "
            "ggü str hr fr frl hrsg dipl ing"
        ),
        "abb abs anm anl aufl bd bsp kap mio mrd nrn rn rz s seite stk teil tel z zi ziff",
    ),
    "fr": (
        "p.ex ex env m mm mme mmes mlle mlles mgr cf c.-à-d",
        "al éd env fasc fol numéro pl t n° tél vol",
    ),
    "es": (
        "p.ej ej sr sra sres sras srta d dña dr dra aprox ud uds vd excmo ilmo ee",
        "apdo aprox n.º nº núm núms pág págs pár s t tel",
    ),
    "pt": ("p.ex ex sr sra srs sras dr dra eng aprox d", "aprox n n.º nº núm pág págs s séc tel"),
    "it": (
        "ad.es es dott dott.ssa ing avv sig sig.ra sigg prof.ssa on spett egr gent",
        "all cap ca n nn pag pagg tav tel",
    ),
    "pl": (
        "np tj tzn tzw m.in in ul al pl os im św ks inż mgr hab zob por wg pt",
        "godz ok poz rozdz rys s str szt ust wyd",
    ),
    "uk": (
        "напр див пор вул просп пров бул м смт обл р-н ім св проф акад гр т.зв зокр т.ч",
        "абз арк гл гр грн кв мал млн млрд п пп рис розд с ст стор стр табл тел тис ч",
    ),
    "ru": (
        "напр например т.е т.к т.н см ср ул просп пр пер бул г обл р-н им св проф акад гр в т.ч",
        "абз гл кв млн млрд п пп рис разд с ст стр табл тел тыс ч",
    ),
    "tr": ("örn bkz krş yak av dr doç prof sn", "böl cilt hz md s sf şek tab tel"),
    "nl": (
        "bijv bv d.w.z dwz o.a oa m.n t.b.v i.v.m a.u.b dhr mevr mw drs ir ing mr incl excl",
        "afb art blz hfst nrs pag par tel",
    ),
}


def _make(language: str) -> Abbreviations:
    always, before_number = _LISTS[language]
    return Abbreviations(
        always=frozenset(f"{_SHARED_ALWAYS} {always}".split()),
        before_number=frozenset(f"{_SHARED_BEFORE_NUMBER} {before_number}".split()),
    )


_BY_LANGUAGE: Mapping[str, Abbreviations] = {language: _make(language) for language in _LISTS}


def find_abbreviations(language: str) -> Abbreviations:
    """Give the abbreviations of a language (ISO 639-1)."""
    return _BY_LANGUAGE.get(language, _BY_LANGUAGE["en"])
