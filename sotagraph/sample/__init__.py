"""The sample of `sotagraph demo`: landmark papers, summarised in our own words with their true figures, and questions."""
