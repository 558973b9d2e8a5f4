"""What a piece of commentary claims, and what each claim is worth."""
