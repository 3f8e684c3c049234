"""Articles from the net, only when asked: address -> fetch -> page, and feeds that list them."""
