"""One reader a kind of target: each lists what is there and opens it, and none can write."""
