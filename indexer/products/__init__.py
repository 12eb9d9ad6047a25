"""References that come as products of several record or feature types, joined to texts of premises."""
