"""What can go wrong in the outer service, one class per way out.

ServiceError
├── GateError            a bundle may not be put into service as it is
├── SignatureError       nobody who is trusted has signed a bundle as it is
├── DecisionError        two persons have not decided what is asked for
├── UsageError           what was asked cannot be done as asked; nothing was started
├── RunFailedError       the work was started and could not be finished
└── RunInterruptedError  a signal ended the work; nothing stands under the final name
"""


class ServiceError(Exception):
    """Base of the errors of the commands and of the HTTP service; the message is written for their user."""


class GateError(ServiceError):
    """Reports a bundle that may not be put into service: it does not pass a gate, or was not compared."""


class SignatureError(ServiceError):
    """Reports a bundle that is not signed, not by a trusted key, or not as it is."""


class DecisionError(ServiceError):
    """Reports what needs a decision by two persons and has none that fits."""


class UsageError(ServiceError):
    """Refuses a request that its sender has to change."""


class RunFailedError(ServiceError):
    """Reports work that could not be finished."""


class RunInterruptedError(ServiceError):
    """Reports work that was ended by SIGINT, SIGTERM or SIGHUP."""
