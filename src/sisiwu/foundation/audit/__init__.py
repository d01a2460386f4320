"""操作日志: who did what, when, from where; looks at a member's record too. It only grows."""
