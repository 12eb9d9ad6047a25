"""What a build or a long run will take, and what there is for it."""
