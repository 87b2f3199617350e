"""How look-ups that found nothing are counted, in SQL."""

from typing import Final

#: Adds to the numbers of look-ups that found nothing.
ADD_MISSED: Final = (
    "insert into missed (q, n) values (?, ?) "
    "on conflict (q) do update set n = missed.n + excluded.n"
)
#: Forgets all but the most frequent ones.
FORGET_MISSED: Final = (
    "delete from missed where q in "
    "(select q from missed order by n desc, q limit 1000000000 offset ?)"
)
