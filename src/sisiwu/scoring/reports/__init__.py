"""Results as files: a workbook, a flat table, Parquet, JSON with every rule and fact, a page with charts."""
