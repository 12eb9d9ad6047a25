"""A transformer of two small layers with weights drawn at random, and a tokeniser that knows letters and digits."""

import string
from pathlib import Path
from typing import Any

DIMENSIONS = 32
LONGEST = 24


def save_tiny_transformer(out: Path, *, seed: int = 1) -> Path:
    """Write it as sentence-transformers saves its models; nothing is fetched."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Normalize, Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel

    torch.manual_seed(seed)
    plain = out.with_name(f"{out.name}-plain")
    tokeniser = _tokeniser()
    config = BertConfig(
        vocab_size=len(tokeniser),
        hidden_size=DIMENSIONS,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=0.5,
    )
    BertModel(config).save_pretrained(plain)
    tokeniser.save_pretrained(plain)
    modules = [Transformer(str(plain), max_seq_length=LONGEST), Pooling(DIMENSIONS, pooling_mode="mean")]
    SentenceTransformer(modules=[*modules, Normalize()], device="cpu").save(str(out), create_model_card=False)
    return out


def _tokeniser() -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertTokenizerFast

    characters = string.ascii_lowercase + string.digits
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters, *(f"##{one}" for one in characters)]
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(
        ("[SEP]", vocabulary["[SEP]"]), ("[CLS]", vocabulary["[CLS]"])
    )
    return BertTokenizerFast(tokenizer_object=tokenizer)
