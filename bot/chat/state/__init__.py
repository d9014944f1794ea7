"""What is kept in memory about conversations, questions and rates."""
