"""Ways in which the text of an address gets changed between a register and a query.

The examples in the docstrings use three names that the tests provide: `address`, which writes pieces from keywords,
`text`, which renders them, and `Random`.
"""
