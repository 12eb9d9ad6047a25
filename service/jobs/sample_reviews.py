from threading import Lock

from address_match.service.jobs.errors import UnknownSampleError
from address_match.service.jobs.review_book import ReviewBook
from address_match.service.lifecycle.labels.store import LabelStore


class SampleReviews:
    """The samples of a store of labels, each as a book whose rows coders decide one by one. Several threads may use it."""

    def __init__(self, store: LabelStore) -> None:
        self._store = store
        self._lock = Lock()
        self._books: dict[str, ReviewBook] = {}

    def book(self, sample: str) -> ReviewBook:
        """Return the book of a sample by its id; raises `UnknownSampleError`, and `UsageError` where the store is
        damaged.
        """
        with self._lock:
            if sample not in self._books:  # drawn since, perhaps by a command
                drawn = {one.id: one for one in self._store.samples()}
                if sample not in drawn:
                    raise UnknownSampleError("the store of labels has no sample of that id")
                self._books[sample] = ReviewBook(self._store, drawn[sample])
            return self._books[sample]
