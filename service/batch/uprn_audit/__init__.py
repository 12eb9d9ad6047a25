"""What a column of identifiers that somebody else gave is worth beside the addresses of its rows: `match --audit`."""
