"""The life of the models that are served: what is kept of their answers, monitoring, labels, decisions, promotion, and
the record of it all.
"""
