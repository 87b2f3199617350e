"""The Python client: the verbs of the API, typed, free of Flask and SQLite.

    from glossary.client import Client

    with Client("https://terms.example") as terms:
        for hit in terms.lookup("新型大国关系").hits:
            print(hit.term.text, [each.text for each in hit.equivalents])

What the server refuses is raised as the error of `glossary.errors` that it stands for;
a server that does not answer is `Unreachable`.
"""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.client.calls import Client
    from glossary.client.fresh import FreshFile
    from glossary.client.offline import OfflineCopy
    from glossary.client.wire import Unreachable

__all__ = ["Client", "FreshFile", "OfflineCopy", "Unreachable"]

door(__name__)
