"""Questions asked of futures beyond the claims: what if, what matters, what differs."""
