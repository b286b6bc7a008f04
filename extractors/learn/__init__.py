"""Learn the weights of the scorers from annotated abstracts: python -m extractors.learn GOLD.jsonl"""
