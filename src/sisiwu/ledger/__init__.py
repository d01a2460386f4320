"""台账: the only thing that is counted. Facts are added, verified or reversed; never changed, never removed."""
