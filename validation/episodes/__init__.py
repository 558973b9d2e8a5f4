"""Documented operations, forecast by the engine from what was known on day 0."""
