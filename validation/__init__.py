"""Is the model right? Battles, operations, published results; protocol in ``protocol.md``."""
