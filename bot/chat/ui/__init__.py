"""What people see: cards, their parts, and inert text."""
