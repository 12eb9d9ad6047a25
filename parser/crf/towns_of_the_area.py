"""What the postcode of a doubted text tells of its towns: those of its area are meant, and another name is none."""

from collections.abc import Sequence

from address_match.parser.crf.usual_order import parted_runs
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.recognisers.postcode import postcode_area
from address_match.parser.tokens import Words

_WEIGHT = 3.0
"""Log-odds by which a word that is a post town of the area is one rather than anything else, and another is none."""


class TownsOfTheArea:
    """Looks at the words of texts by the post towns of the area in which their postcode lies."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer | None) -> None:
        self._lexicon = lexicon
        self._gazetteer = gazetteer

    def words_meant(self, words: Words) -> Words:
        """Put the names of the towns of the area in the place of unknown words that are like them."""
        area = postcode_area(words.texts)
        return words._replace(texts=[self._word_meant(word, area) for word in words.texts]) if area else words

    def evidence(self, words: Words, towns: Sequence[bool]) -> dict[int, float]:
        """Return what is to be added to the score that a word is of a town, by its place; `towns` says which are
        labelled so.

        The words that name a town of the area gain where none of them is labelled so. A run that is labelled so loses
        where it is neither like a town of the area nor the name of another post town: it may well be a locality.
        """
        area = postcode_area(words.texts)
        if not area:
            return {}
        texts = [text.replace("-", " ") for text in words.texts]
        named = self._lexicon.area_towns.places_of_towns(texts, area)
        added = {} if any(towns[place] for place in named) else dict.fromkeys(named, _WEIGHT)
        for run in parted_runs(towns, words.breaks):
            if towns[run[0]] and not self._lexicon.area_towns.may_name_one(
                [texts[place] for place in run], area
            ):
                added.update(dict.fromkeys(run, -_WEIGHT))
        return added

    def _word_meant(self, word: str, area: str) -> str:
        if not word.replace("-", "").isalpha() or self._lexicon.listed_flags(word):
            return word
        if self._gazetteer is not None and self._gazetteer.evidence(word) is not None:
            return word
        return self._lexicon.area_towns.word_meant(word, area) or word
