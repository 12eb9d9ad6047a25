"""What can go wrong in the parser.

ParserError
├── NotTextError            the caller gives a string instead of None, a number or bytes
├── TextTooLongError        the caller shortens or refuses the text
├── ModelFileError          the caller names another model file
├── GazetteerFileError      the caller builds the index anew that holds the gazetteer
└── TrainingMaterialError   the caller gives other training material
"""


class ParserError(Exception):
    """Base of every error that the parser raises on purpose."""


class NotTextError(ParserError, TypeError):
    """Something that is no string was given as an address."""


class TextTooLongError(ParserError):
    """A text has more characters than an address can have."""


class ModelFileError(ParserError):
    """A file is not a CRF that this version of the parser can read."""


class GazetteerFileError(ParserError):
    """The files of a gazetteer are missing or damaged."""


class TrainingMaterialError(ParserError):
    """No parser can be learned from the given texts."""
