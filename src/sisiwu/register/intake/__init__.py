"""The whole register from one workbook, and into one."""
