"""Jobs of the service: files that are matched beside its requests, kept in a folder, and gone on with after whatever
ended them.
"""
