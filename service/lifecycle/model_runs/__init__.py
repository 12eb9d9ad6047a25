"""What takes long about the models, started from the page of the service: retraining, and comparing with what is in
force.
"""
