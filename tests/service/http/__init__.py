# ruff: noqa: A005 - the package is only ever imported as tests.service.http
