"""Where facts live: the port, its two stores, the pure fold of records into facts, and the answers drawn from them."""
