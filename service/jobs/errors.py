"""Why a job is not taken or not given, one class per way out.

JobError
├── UnknownJobError    who asks has no such job
├── UnknownFormatError its file is of no kind that can be read
├── OtherOriginError   it is to tell of its end whom the operator does not allow
├── FileTooLargeError  its file is larger than the service takes
├── NoRoomError        the disk has no room for its file
├── TooManyJobsError   as many jobs wait as may
├── JobStateError      it is not in the state for that
├── NoResultError      it has no result in that format, or none that can be reviewed
├── UnknownSampleError the store of labels has no such sample
├── UnknownRowError    the queue for review has no such row
├── OtherVerdictError  the coder said something else of the row before
└── UnfitVerdictError  the verdict does not fit the row
"""

import errno

from address_match.service.errors import ServiceError


class JobError(ServiceError):
    """Base of the errors of jobs; no message holds an address, or a place on the server."""


class UnknownJobError(JobError):
    """Who asks has no such job."""

    def __init__(self) -> None:
        super().__init__("there is no such job of yours; it may have been removed since it ended")


class UnknownFormatError(JobError):
    """The name of a file says no kind that can be read."""


class OtherOriginError(JobError):
    """The URL to notify of the end of a job is not allowed."""


class FileTooLargeError(JobError):
    """A file is larger than the service takes."""


class NoRoomError(JobError):
    """The disk has no room for a file."""


class TooManyJobsError(JobError):
    """As many jobs wait as may, of all or of their owner."""

    def __init__(self, message: str, retry_seconds: int) -> None:
        super().__init__(f"{message}; try again in {retry_seconds} s, when one of them has ended")
        self.retry_seconds = retry_seconds


class JobStateError(JobError):
    """A job is not in the state for what is asked."""


class NoResultError(JobError):
    """A job has no result in the format asked for, or none that can be reviewed."""


class UnknownSampleError(JobError):
    """There is no sample of that id."""


class UnknownRowError(JobError):
    """The queue of a job has no such row."""


class OtherVerdictError(JobError):
    """A coder said something else of a row before."""


class UnfitVerdictError(JobError):
    """A verdict does not fit its row."""


def lacks_room(error: OSError) -> bool:
    """Return whether the disk, or what its user may have of it, is full."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT}
