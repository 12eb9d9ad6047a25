import pytest

from address_match.models.errors import MissingTrainingExtraError
from address_match.models.training_extra import training_extra_for


def test_what_is_not_installed_is_refused_with_the_command_that_installs_it() -> None:
    says = r"Measuring needs it: pip install 'address-match\[train\]', or count"
    with (
        pytest.raises(MissingTrainingExtraError, match=says),
        training_extra_for("Measuring needs it", otherwise="count"),
    ):
        import nothing_of_this_name  # type: ignore[import-not-found]  # noqa: F401
