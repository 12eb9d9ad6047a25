"""Texts in the styles and with the errors of real councils, by the public package address-errors; only training and
measuring need it.
"""
