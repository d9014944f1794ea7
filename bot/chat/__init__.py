"""All that knows Discord: events in, responses out."""
