"""The sentence encoder's workshop: data, vocabulary, training, export and measures.

Never imported by the program; `lab.train_encoder` and `lab.evaluate_encoder` are its doors.
"""
