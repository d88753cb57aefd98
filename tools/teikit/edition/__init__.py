"""The model of an edition: what its files say, as plain values without trees."""
