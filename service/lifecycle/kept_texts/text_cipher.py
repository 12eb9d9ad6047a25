"""Encrypts texts with the keys of the environment: Fernet, which is AES-128 in CBC with HMAC-SHA-256."""

from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken

from address_match.service.errors import UsageError

KEY_VARIABLE = "ADDRESS_MATCH_TEXTS_KEY"
_ID_DIGITS = 8


class TextCipher:
    """One key to write with, and others to read what was written before."""

    def __init__(self, keys: str) -> None:
        """Take keys with commas between, the one to write with first; raises UsageError for what is none."""
        named = [key.strip() for key in keys.split(",") if key.strip()]
        if not named:
            raise UsageError(
                f"texts are encrypted, and {KEY_VARIABLE} names no key: make one, openssl rand -base64 32, and keep it apart from the texts"
            )
        self._by_id = {_id_of(key): _opened(key) for key in named}
        self.id = _id_of(named[0])
        """Names the key to write with, and says nothing of it."""

    def encrypted(self, content: bytes) -> bytes:
        """Return a token, of one line."""
        return self._by_id[self.id].encrypt(content)

    def knows(self, key_id: str) -> bool:
        """Return whether there is a key of that name."""
        return key_id in self._by_id

    def decrypted(self, token: bytes, key_id: str) -> bytes | None:
        """Return what a token holds, None where it is torn or was altered."""
        try:
            return self._by_id[key_id].decrypt(token)
        except InvalidToken:
            return None


def _opened(key: str) -> Fernet:
    try:
        return Fernet(_url_safe(key))
    except ValueError as error:
        raise UsageError(
            f"{KEY_VARIABLE} holds what is no key: give 32 bytes in base64, openssl rand -base64 32; several with commas between"
        ) from error


def _id_of(key: str) -> str:
    return sha256(f"address-match texts {_url_safe(key)}".encode()).hexdigest()[:_ID_DIGITS]


def _url_safe(key: str) -> str:
    return key.replace("+", "-").replace("/", "_")
