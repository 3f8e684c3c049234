"""What is promised, held to: mirrors the packages, and then the promises that cut across them."""
