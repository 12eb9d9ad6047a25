"""What the parser learns besides: kinds of texts that the premises of the country seldom give, and the styles of
councils.
"""

from collections.abc import Iterator, Sequence
from random import Random

from address_match.models.synthesis.councils.training_texts import council_texts
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.texts.wider_texts import wider_texts
from address_match.parser.crf.training import CorpusSection
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.service.training.data.encoder_pairs import draw
from address_match.service.training.data.parser_corpus import WITHOUT_GAZETTEER, partial_gazetteer


def wider_corpus(synthetic: Sequence[Premises], texts: int, rng: Random) -> Iterator[CorpusSection]:
    """Write so many premises as wider kinds of texts, and as many in the styles of councils; none for 0.

    Yield two sections: one to be read without a gazetteer, one with the country's.
    """
    if not texts:
        return
    wider = wider_texts(draw(synthetic, texts, rng), rng)
    in_styles = council_texts(list(draw(synthetic, texts, rng)), rng.getrandbits(32))
    texts_alone = [(text, rng.random() < WITHOUT_GAZETTEER) for text in (*wider, *in_styles)]
    yield CorpusSection(tuple(text for text, alone in texts_alone if alone))
    names = partial_gazetteer(synthetic, rng, shipped_lexicon())
    yield CorpusSection(tuple(text for text, alone in texts_alone if not alone), names)
