"""A Chinese-English termbase for diplomatic set phrases."""
