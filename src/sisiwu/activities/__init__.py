"""一次录入: what happened, entered once; each kind writes its facts."""
