"""TBX, in every generation since MARTIF."""
