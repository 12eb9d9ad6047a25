"""The routes about the models that answer: watched, decided about, promoted."""
