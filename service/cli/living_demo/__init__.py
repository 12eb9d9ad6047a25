"""The whole circle in one program: watched, judged, retrained, put into service by two persons, and taken back."""
