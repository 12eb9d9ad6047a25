"""What is set in the environment, a class each for what is set together."""
