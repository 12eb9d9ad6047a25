"""The words that may stand before a number and say nothing but that one follows."""

NUMBER_WORDS = frozenset({"NO", "NOS", "NUM", "NUMBER", "NUMBERS", "RHIF"})
