"""What of a candidate no probability may outweigh, and what it is to the premises asked for; read by ranking, account
and decision.
"""
