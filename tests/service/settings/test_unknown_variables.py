from importlib import import_module
from pkgutil import walk_packages

from address_match import service
from address_match.service.settings.all_settings import ALL_SETTINGS
from address_match.service.settings.environment_settings import EnvironmentSettings
from address_match.service.settings.unknown_variables import unknown_variables


def test_a_misspelt_variable_is_named_with_the_setting_that_is_meant() -> None:
    said = unknown_variables({"ADDRESS_MATCH_WAITNG": "10", "ADDRESS_MATCH_AIMS_PREFX": "/aims"})
    assert said == [
        "ADDRESS_MATCH_AIMS_PREFX is no setting; ADDRESS_MATCH_AIMS_PREFIX is",
        "ADDRESS_MATCH_WAITNG is no setting; ADDRESS_MATCH_WAITING is",
    ]


def test_a_variable_that_is_like_no_setting_is_named_alone_and_its_value_is_not() -> None:
    assert unknown_variables({"ADDRESS_MATCH_ZZ": "secret"}) == ["ADDRESS_MATCH_ZZ is no setting"]


def test_settings_and_variables_of_others_are_passed_over() -> None:
    environment = dict.fromkeys(
        ("ADDRESS_MATCH_WAITING", "ADDRESS_MATCH_TEXTS_KEY", "ADDRESS_MATCH_DEBUG", "ADDRESS", "HOME"), "1"
    )
    assert unknown_variables(environment) == []


def test_every_class_of_settings_of_ours_is_among_all_settings() -> None:
    for module in walk_packages(service.__path__, f"{service.__name__}."):
        if module.name.endswith("_settings"):
            import_module(module.name)
    ours = {
        one for one in EnvironmentSettings.__subclasses__() if one.__module__.startswith(service.__name__)
    }
    assert ours == set(ALL_SETTINGS)
