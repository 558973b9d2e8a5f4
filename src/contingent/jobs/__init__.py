"""Long and short work for a page: what is held in the hand, and what waits in a queue."""
