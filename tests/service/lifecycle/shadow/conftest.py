from tests.docs.conftest import example_index

__all__ = ["example_index"]
