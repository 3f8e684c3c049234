"""The way in: read -> clean -> split -> embed -> library. Knows nothing of questions."""
