"""The routes of jobs: files that are sent, matched beside the requests, and fetched when they are done."""
