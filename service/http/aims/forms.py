"""The forms in which AIMS writes one premises: by the post's and the gazetteer's texts, English and Welsh."""

from collections.abc import Iterator
from dataclasses import dataclass

from address_match.service.lookup.logical_status import POSTAL, status_of_text
from address_match.service.lookup.premises_texts import HeldText, PremisesTexts

_WELSH = "cy"


@dataclass(frozen=True, slots=True)
class Forms:
    """The texts by which a premises is shown; None where the reference holds none of a kind."""

    paf: HeldText | None
    welsh_paf: HeldText | None
    nag: HeldText | None
    welsh_nag: HeldText | None

    @classmethod
    def of(cls, premises: PremisesTexts) -> "Forms":
        """Choose of each kind the first: of the gazetteer's the one in force, else what comes next to it."""
        return cls(*(_first(premises, is_postal=p, is_welsh=w) for p in (True, False) for w in (False, True)))

    def shown(self, *, favours_paf: bool, favours_welsh: bool = False) -> tuple[HeldText, str]:
        """Return the text that stands for the premises and its type, by what is favoured and held."""
        return next(self._in_order(favours_paf=favours_paf, favours_welsh=favours_welsh))

    def of_type(self, wanted: str) -> tuple[HeldText, str]:
        """Return the text of an address type of the questionnaire, or the next best, and the type of what was found."""
        return self.shown(favours_paf=not wanted.endswith("nag"), favours_welsh=wanted.startswith("welsh"))

    def _in_order(self, *, favours_paf: bool, favours_welsh: bool) -> Iterator[tuple[HeldText, str]]:
        paf = ((self.welsh_paf, "WELSHPAF"), (self.paf, "PAF"))
        nag = ((self.welsh_nag, "WELSHNAG"), (self.nag, "NAG"))
        first, second = (paf, nag) if favours_paf else (nag, paf)
        welsh, english = zip(first, second, strict=True)
        for text, kind in (*welsh, *english) if favours_welsh else (*english, *welsh):
            if text is not None:
                yield text, kind


def _first(premises: PremisesTexts, *, is_postal: bool, is_welsh: bool) -> HeldText | None:
    found = [
        text
        for text in premises.texts
        if (text.text_kind == POSTAL) is is_postal and (text.language == _WELSH) is is_welsh
    ]
    return min(found, key=status_of_text, default=None)
