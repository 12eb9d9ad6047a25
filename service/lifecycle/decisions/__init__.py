"""What owners decide about the models: proposed by one person, approved by another, kept in the audit of the registry."""
