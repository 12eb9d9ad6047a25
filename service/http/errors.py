"""What can be wrong with a request, or with the service that is asked; each class is a problem of its own.

ServiceError
├── UnknownUprnError        the reference does not hold the premises that a URL names
├── UnknownPostcodeError    the reference holds no postcode that starts as a URL says
├── UnknownStreetError      the reference does not hold the street that a request names
├── NoPostcodeError         what a URL names is no postcode, nor the start of one
├── TooManyAddressesError   a bulk request holds more addresses than one request may
├── TooMuchWorkError        a request costs more than one request may
├── UnknownHostError        a request names another host than the service is known by
├── RepeatedParameterError  a URL gives a parameter more than once
├── UnreadableUrlError      the characters of a URL are not written in UTF-8
├── UnreadableBodyError     the bytes of a body are no text
├── PackedBodyError         a body is packed, by its header
├── ClientGoneError         nobody waits for the answer
├── LimitTooHighError       a request asks for more candidates than it may
├── BodyTooLargeError       the body of a request is larger than the service reads
├── OverloadedError         more requests wait than the service takes on
├── ActRefusedError         what is asked of the models cannot be done as it was asked
├── UnknownBundleError      the registry has no bundle of a name
├── NotReadyError           the service is not up yet, or no longer
└── HangsError              the service is up and its requests do not get on
"""

from address_match.service.errors import ServiceError


class UnknownUprnError(ServiceError):
    """The reference does not hold the premises that a URL names."""


class UnknownPostcodeError(ServiceError):
    """The reference holds no postcode that starts as a URL says."""


class UnknownStreetError(ServiceError):
    """The reference does not hold the street that a request names."""


class NoPostcodeError(ServiceError):
    """What a URL names is no postcode, nor the start of one."""


class TooManyAddressesError(ServiceError):
    """A bulk request holds more addresses than one request may."""


class TooMuchWorkError(ServiceError):
    """A request costs more than one request may."""


class UnknownHostError(ServiceError):
    """A request names another host than the service is known by."""


class NoSuchPartError(ServiceError):
    """A part of a file is asked for that lies behind its end."""


class CrossOriginError(ServiceError):
    """A browser asks for a page of another origin, which may not ask for that."""


class RepeatedParameterError(ServiceError):
    """A URL gives a parameter more than once."""


class UnreadableUrlError(ServiceError):
    """The characters of a URL are not written in UTF-8."""


class UnreadableBodyError(ServiceError):
    """The bytes of a body are no text."""


class PackedBodyError(ServiceError):
    """A body is packed, by its header `Content-Encoding`."""


class ClientGoneError(ServiceError):
    """Nobody waits for the answer."""


class LimitTooHighError(ServiceError):
    """A request asks for more candidates than it may."""


class BodyTooLargeError(ServiceError):
    """The body of a request is larger than the service reads."""


class OverloadedError(ServiceError):
    """More requests wait than the service takes on."""


class ActRefusedError(ServiceError):
    """What was asked of the models cannot be done as it was asked; nothing was done."""


class UnknownBundleError(ServiceError):
    """The registry has no bundle of a name, or none that can be read."""


class NotReadyError(ServiceError):
    """The service is not up yet, or no longer."""


class HangsError(ServiceError):
    """The service is up and its requests do not get on."""
