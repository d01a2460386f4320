"""Values without tables: names in Chinese, dates as people write them, tables that only grow."""
