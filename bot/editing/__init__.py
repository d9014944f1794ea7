"""Changes of the folder of articles: drafted, checked, made so that they can be undone."""
