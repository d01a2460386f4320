"""任务: who must do what by when; any activity may answer one."""
