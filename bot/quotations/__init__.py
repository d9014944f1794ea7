"""Claims to be quotations: where one stands in the articles, or how it differs."""
