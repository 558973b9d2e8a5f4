"""When and where a side opens an attack: onsets in a table of events, and what they say as priors."""
