"""The trained component: text in, guesses of names out."""
