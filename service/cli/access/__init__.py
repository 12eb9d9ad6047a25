"""The commands about who may ask the service, and who may sign in to it."""
