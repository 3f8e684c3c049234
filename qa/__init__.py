"""The way out: understand -> retrieve -> quote -> answer -> render. Every word is an article's."""
