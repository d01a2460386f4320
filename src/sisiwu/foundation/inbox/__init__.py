"""待办与提醒: what waits for whom, by when."""
