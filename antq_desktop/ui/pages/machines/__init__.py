"""The laptops and keys that a receiving unit believes."""
