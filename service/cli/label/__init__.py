"""The commands about labels: what people say of answers."""
