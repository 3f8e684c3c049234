"""What the chat shows, as escaped HTML. Pure functions from values to strings."""
