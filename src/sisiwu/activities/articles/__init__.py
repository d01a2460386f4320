"""稿件: articles on Party building and where they were published."""
