"""How commands are described, options that several of them have, and what these name."""
