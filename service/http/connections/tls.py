import ssl
from datetime import datetime
from pathlib import Path

from address_match.service.errors import UsageError
from address_match.service.settings.server_settings import NetworkSettings


def tls_context(network: NetworkSettings) -> ssl.SSLContext | None:
    """Return what connections are encrypted by, None where no files for that are named; raises UsageError where they cannot be used."""
    certificate, key = network.tls_certificate, network.tls_key
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise UsageError(
            "TLS takes a certificate and its key: set both ADDRESS_MATCH_TLS_CERTIFICATE and ADDRESS_MATCH_TLS_KEY, or neither"
        )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(certificate, key, password=_no_password)
    except (OSError, ValueError) as error:  # among them what the certificate and the key are at fault for
        raise UsageError(
            f"the certificate {certificate} and the key {key} cannot be used: {error}"
        ) from error
    return context


def end_of(certificate: Path) -> datetime | None:
    """Return when the first of a file's certificates ends, in UTC; None where the file cannot be read so."""
    from cryptography.x509 import (
        load_pem_x509_certificates,
    )  # 20 ms, for services that have a certificate alone

    try:
        chain = load_pem_x509_certificates(certificate.read_bytes())
    except (OSError, ValueError):
        return None
    return min(one.not_valid_after_utc for one in chain)


def _no_password() -> str:
    """Have a key that is encrypted refused; without this, somebody at a terminal would be asked."""
    return ""
