"""Who may ask the service: keys, what each may do, and how much."""
