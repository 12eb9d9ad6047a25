"""What is kept of answers: facts without addresses, by day and channel, for whoever watches."""
