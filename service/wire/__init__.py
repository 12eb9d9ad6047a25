"""What programs are given of an answer, an explanation and a parse: one shape for HTTP, `--json`, files and columns.

A shape is a typed dict. It is built as a plain dict, since files hold one or several a row; mypy checks what is built, and
pydantic describes it at /docs.
"""
