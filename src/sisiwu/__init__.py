"""sisiwu (四四五): what happened is entered once, becomes a fact, is counted by a rule, and can be walked back."""
