"""What is done for events that are no commands: components, edits and deletions."""
