"""文件与条款: the documents that rules may cite, their clauses, and who cites them."""
