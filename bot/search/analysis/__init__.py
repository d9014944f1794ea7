"""Text into terms: tokens, stems, phrases, synonyms, spelling."""
