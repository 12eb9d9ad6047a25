"""What of the answers has changed: windows of facts against facts that were accepted as usual."""
