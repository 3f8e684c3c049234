"""What can go wrong, in words that name the thing and say what to do next."""


class SaidsoError(Exception):
    """Shown to the user as it is, without a traceback; the command line exits 2."""


class LibraryError(SaidsoError):
    """The library cannot be opened, read or written."""


class EncoderError(SaidsoError):
    """The encoder cannot be loaded, or is not the one a library was made with."""


class BusyError(LibraryError):
    """Another process owns the vector index."""


class IndexFailed(LibraryError):
    """Chroma failed, for whatever reason; the library that its index follows is whole."""


class Unreadable(Exception):
    """One source cannot be an article; becomes a Rejection, the others go on."""


class Hindered(Unreadable):
    """As Unreadable, through no fault of the source: nothing is concluded from it, and the next
    try may succeed.
    """


class RenamedError(Exception):
    """The library shows the article under another title than it was embedded under: that one."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


class TakenError(Exception):
    """An article from elsewhere has come in under this id meanwhile: its origin."""

    def __init__(self, origin: str) -> None:
        super().__init__(origin)
        self.origin = origin
