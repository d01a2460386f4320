"""意见建议: what people say about the software and the burden, and what was answered."""
