"""How the figures and the models were made. Nothing outside the lab imports it."""
