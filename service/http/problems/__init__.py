"""Errors as problem documents (RFC 9457): which there are, how one is sent, how the documentation describes them."""
