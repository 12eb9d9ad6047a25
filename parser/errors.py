"""What can go wrong in the parser.

ParserError
├── TextTooLongError        the caller shortens or refuses the text
├── ModelFileError          the caller names another model file
└── TrainingMaterialError   the caller gives other training material
"""


class ParserError(Exception):
    """Base of every error that the parser raises on purpose."""


class TextTooLongError(ParserError):
    """A text has more characters than an address can have."""


class ModelFileError(ParserError):
    """A file is not a CRF that this version of the parser can read."""


class TrainingMaterialError(ParserError):
    """No parser can be learned from the given texts."""
