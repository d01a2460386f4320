"""走访: study, research, talks, comfort, liaison: where, whom, what was found."""
