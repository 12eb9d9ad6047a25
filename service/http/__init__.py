# ruff: noqa: A005 - the package is only ever imported as service.http
