"""What can go wrong here, one class for each way out.

IndexerError
├── SourceError               the file cannot be read as a table of addresses: mend or name it otherwise
│   └── SheetChoiceError      several sheets of a workbook hold addresses: name one of them
├── BuildError                the index could not be written: free the disk, or wait for the other build
│   └── NothingUsableError    every row of the reference was left out: mend the rows, or name the columns
├── IndexUnusableError        what stands at the path cannot be opened: build it (anew)
│   └── IndexMismatchError    it was built with other models: build it anew, or name the right bundle
├── EngineUnavailableError    the engine does not answer: start it and try again
├── EngineAccessError         the engine is addressed wrongly: give the right address and credentials
└── EngineRefusedError        the engine answers and will not do it: mend what it names, try again
"""


class IndexerError(Exception):
    """Something that the person who runs the index can mend; the message says how."""


class SourceError(IndexerError):
    """A file that cannot be read as a table of addresses."""


class SheetChoiceError(SourceError):
    """A workbook in which several sheets may be meant."""

    def __init__(self, message: str, sheets: tuple[str, ...]) -> None:
        super().__init__(message)
        self.sheets = sheets
        """All sheets of the workbook, in their order."""


class BuildError(IndexerError):
    """An index that could not be written; the one in force stays as it was."""


class NothingUsableError(BuildError):
    """A reference of which no row can be indexed; the message counts what is wrong with them."""


class IndexUnusableError(IndexerError):
    """No index, half of one, or one of another format stands at the path."""


class IndexMismatchError(IndexUnusableError):
    """An index that was built with another encoder, parser or analysis."""


class EngineUnavailableError(IndexerError):
    """An engine that was opened and can no longer answer."""


class EngineAccessError(IndexerError):
    """An address that is none, or credentials that the engine does not take."""


class EngineRefusedError(IndexerError):
    """An engine that is full, may only be read, or does not understand a request."""
