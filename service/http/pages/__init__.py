"""The pages that a person opens in a browser: the search at `/`, and the description of the routes at `/docs`."""
