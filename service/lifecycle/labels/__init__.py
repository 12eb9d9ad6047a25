"""Labels: samples of answers, what people say of them, and how far they agree."""
