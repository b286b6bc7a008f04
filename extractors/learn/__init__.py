"""Learn the weights of the scorers from annotated abstracts: python -m extractors.learn GOLD.jsonl, and for the scorers of
claims, which lean on the roles, python -m extractors.learn.claims GOLD.jsonl"""
