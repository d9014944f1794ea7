"""Reading: a folder of files in, articles that know where each of their sentences stands out."""
