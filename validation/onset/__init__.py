"""When and where a side opens an attack, by a table of events, and what that says as priors."""
