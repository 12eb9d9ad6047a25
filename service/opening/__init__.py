"""What is opened: the models of a bundle, and an index that was found."""
