"""The record of a model: what is to be told of it, from its bundle, and from people where only they know."""
