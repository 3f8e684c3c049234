"""How the reader was trained: `python -m lab.train_reader`."""
