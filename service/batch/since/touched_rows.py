"""Which rows of earlier answers a change of the reference can touch, and why."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.local.compared.changed_reference import ChangedReference
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.service.batch.since.alike_texts import (
    LEAST_WEIGHT,
    alike_texts,
    is_shared,
    shared_weight,
    weight_of,
)
from address_match.service.batch.since.borders import Borders
from address_match.service.batch.since.changed_texts import ChangedTexts
from address_match.service.batch.since.earlier_answers import LEAST_PROBABILITY, EarlierAnswers, log_odds
from address_match.service.batch.since.placed_names import PlacedNames
from address_match.service.batch.since.touch import Touch
from address_match.service.batch.since.two_readings import TwoReadings
from address_match.service.batch.since.word_table import RowWords, WordTable
from address_match.service.batch.uprn_audit.given_column import held_form
from address_match.service.matching.features.streets.street import size_of_street

_SHARED = 0.45
"""Share of the weight of an unmatched row's words from which it may mean a changed text."""
_HELD = 0.7
"""Share of the weight of a changed text's words from which an unmatched row that has them may mean it, whatever else the row says."""
_BOTH = 0.85
"""Sum of the two shares from which it may as well: each says half of what the other does."""
_BEHIND = 0.15
"""Share by which a text may hold less of a matched row than the premises it was matched with, and be meant yet."""
_NEAR = 0.2
"""Log-odds from a border within which the counts of another epoch may move a probability over it."""
_NEAR_WITH_STEP = 1.0
"""Those within which they may by the ranker's `word_steps`."""
_OF_STEP = 1.5
"""Log-odds of a probability for one of the ranker at most: it counts against absence too, and the calibration corrects it."""
_NEAR_ON_OTHER_STREET = 2.0
"""Log-odds by which the size of a street, or another name of its sector, may move a probability."""
_NEAR_BESIDE_CHANGED = 1.0
"""Those by which a premises that shares street and postcode with the one of the answer may, where it changed; of a row for
review, between many of them, one that shares the postcode alone.
"""
_NEAR_RIVAL = 2.0
"""Those by which another premises that the row may mean as well may, where it changed in nothing that the row says."""
_SURE = 3.0
"""Log-odds above the threshold from which no other reading of a row that agrees in everything counts."""
_MOST_TOKENS = 500_000
"""Distinct tokens that are remembered; then all are forgotten, so that memory does not grow with a file."""


_OF_CHANGE = {
    "new": Touch.ALIKE_NEW,
    "changed": Touch.ALIKE_CHANGED,
    "gone": Touch.ALIKE_GONE,
    "moved": Touch.ALIKE_GONE,
}
_NAMING = ("match_audit_uprn", "match_related_uprn", "match_uprn")
"""Columns of answers that name premises; the last that holds a changed one tells the reason."""


class TouchedRows:
    """Tells the rows that what changed between two generations can touch from those that it cannot."""

    def __init__(self, changed: ChangedReference, borders: Borders, readings: TwoReadings) -> None:
        self._changed, self.borders, self.readings = changed, borders, readings
        self._texts = ChangedTexts.of(changed)
        self._placed = PlacedNames.of(changed.placed_otherwise(), shipped_lexicon())
        self._table = self._new_table()
        ids, before, now = changed.street_sizes()
        sizes = [np.searchsorted(borders.street_sizes, size_of_street(each)) for each in (before, now)]
        self._on_altered_streets = np.union1d(ids[sizes[0] != sizes[1]], changed.renamed_sectors())
        self._beside_changed = changed.beside_changed()
        self._in_changed_postcodes = changed.in_changed_postcodes()

    def touches(
        self, texts: Sequence[str], columns: Mapping[str, Sequence[object]], given: Sequence[str] = ()
    ) -> list[Touch]:
        """Return for each row why it is touched, by the columns of its earlier answer and the identifier that was audited, if any.

        A blank row never is.
        """
        answers = EarlierAnswers.of(columns)
        if len(self._table) > _MOST_TOKENS:
            self._table = self._new_table()
        words = self._table.words_of(texts)
        named = self._table.words_of(answers.addresses)
        found_as = named.where(answers.is_matched)
        found = np.full(len(texts), Touch.KEPT, dtype=object)
        near = _NEAR + _OF_STEP * self._steps(texts, answers)
        found[self.borders.are_near(answers, near)] = Touch.BORDER
        found[self._on_another_street(answers)] = Touch.STREET
        is_placed_otherwise = self._name_what_is_placed_otherwise(words, named)
        # What was answered without a search was neither read nor ranked, and what agrees in everything is read in one way.
        settled = self._answered_by_equal_text(words, found_as, answers)
        settled |= self._agree(words, found_as, answers)
        found[settled] = Touch.KEPT
        found[is_placed_otherwise] = Touch.STREET
        is_open = ~settled
        for row, text in self._alike(words, found_as, self._is_contested(answers)):
            found[row], is_open[row] = _OF_CHANGE[self._texts.changes[text]], False
        for row, change in self._named(columns, given):
            found[row], is_open[row] = Touch.CHANGED if change == "changed" else Touch.GONE, False
        is_blank = np.array([not text.strip() for text in texts], dtype=np.bool_)
        found[is_blank], is_open[is_blank] = Touch.KEPT, False
        found[self._read_otherwise(texts, words, is_open)] = Touch.WORDS
        return list(found)

    def _read_otherwise(
        self, texts: Sequence[str], words: RowWords, rows: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Return which of some rows hold a word that one generation alone has, or say another thing with its names."""
        found = rows & _rows_with(words, self._table.is_of_one[words.words])
        doubtful = np.flatnonzero(rows & words.read_otherwise & ~found)
        if len(doubtful):
            found[doubtful] = self.readings.differ([texts[row] for row in doubtful.tolist()])
        return found

    def _new_table(self) -> WordTable:
        return WordTable(self._changed, self._texts.places, self._placed.hashes)

    def _name_what_is_placed_otherwise(self, words: RowWords, named: RowWords) -> NDArray[np.bool_]:
        """Return which rows name a street or a building that one generation alone holds in the place that the row, or the
        premises of its answer, says; `named` are the words of that premises, which may be one for review.
        """
        found = np.zeros(len(words), dtype=np.bool_)
        for row, name in words.placed.tolist():
            if not found[row]:
                said = np.append(words.of_row(row), named.of_row(row))
                found[row] = self._placed.are_placed(name, self._table.spelled(said))
        return found

    def _named(self, columns: Mapping[str, Sequence[object]], given: Sequence[str]) -> list[tuple[int, str]]:
        """Return the rows whose answers or own identifiers name a changed premises, and how it changed."""
        changes = self._changed.changes
        meant = [held_form(identifier, changes.keys()) for identifier in given]
        naming = [meant, *(columns.get(name, ()) for name in _NAMING)]
        return [
            (row, changes[str(uprn)])
            for column in naming
            for row, uprn in enumerate(column)
            if uprn in changes
        ]

    def _answered_by_equal_text(
        self, words: RowWords, found_as: RowWords, answers: EarlierAnswers
    ) -> NDArray[np.bool_]:
        """Return which rows were answered without a search: their words are those of the premises' text."""
        equal = abs(answers.probability - self.borders.by_equal_text) < LEAST_PROBABILITY / 2
        for row in np.flatnonzero(equal).tolist():
            equal[row] = np.array_equal(words.of_row(row), found_as.of_row(row))
        return equal

    def _agree(self, words: RowWords, found_as: RowWords, answers: EarlierAnswers) -> NDArray[np.bool_]:
        """Return which rows are surely matched with premises that agree with them, and say no word that those have not."""
        is_sure = answers.log_odds >= log_odds(self.borders.threshold) + _SURE
        agree = answers.is_matched & answers.agrees & is_sure
        return agree & ~_rows_with(words, ~is_shared(words, found_as))

    def _on_another_street(self, answers: EarlierAnswers) -> NDArray[np.bool_]:
        """Return which rows name a premises whose street or sector is told differently than before, or beside which one
        changed, or in whose postcode where they are for review, so that this may count.
        """
        not_far = self.borders.are_near(answers, _NEAR_ON_OTHER_STREET)
        nearer = self.borders.are_near(answers, _NEAR_BESIDE_CHANGED)
        found: NDArray[np.bool_] = answers.name(not_far, self._on_altered_streets)
        found |= answers.name(nearer, self._beside_changed)
        return found | answers.name(nearer & answers.is_for_review, self._in_changed_postcodes)

    def _is_contested(self, answers: EarlierAnswers) -> NDArray[np.bool_]:
        """Return which rows lie between several premises, or near a border, so that more or less of another one counts."""
        return answers.is_for_review | self.borders.are_near(answers, _NEAR_RIVAL)

    def _alike(
        self, words: RowWords, found_as: RowWords, contested: NDArray[np.bool_]
    ) -> list[tuple[int, int]]:
        """Return rows and the changed texts that they may mean; `found_as` are the words of the premises that they are matched with.

        Of rows that are not `contested`, what changed in nothing that they say is passed over.
        """
        table = self._table
        matched = np.diff(found_as.bounds) > 0
        unknown = _rows_with(words, ~table.is_known[words.words])
        guessed = [
            self._guessed(words, row) if is_asked else ""
            for row, is_asked in enumerate((unknown & ~matched).tolist())
        ]
        heard = (found_as.where(unknown & matched), table.words_of(guessed))
        alike = alike_texts(words, heard, contested, table, self._texts)
        held = shared_weight(words, found_as, table) / np.maximum(weight_of(words, table), LEAST_WEIGHT)
        least = np.where(matched, held - _BEHIND, _SHARED)
        # Whoever else a row names, a number or name in a postcode that changed is one that it may mean.
        enough = (alike.held >= _HELD) | (alike.shared + alike.held >= _BOTH) | alike.in_postcode
        meant = (alike.shared >= least[alike.row]) | (~matched[alike.row] & enough)
        return list(zip(alike.row[meant].tolist(), alike.text[meant].tolist(), strict=True))

    def _guessed(self, words: RowWords, row: int) -> str:
        """Return the words of changed texts that the unknown ones of a row may stand for."""
        own = words.of_row(row)
        return " ".join(self._table.guesses(own[~self._table.is_known[own]].tolist()))

    def _steps(self, texts: Sequence[str], answers: EarlierAnswers) -> NDArray[np.float64]:
        """Return how far the ranker's log-odds of each answer near a border may move by other weights of the words, shape
        (rows,); 0 for an answer without an address.
        """
        moved = np.zeros(len(texts))
        near = np.flatnonzero(self.borders.are_near(answers, _NEAR_WITH_STEP)).tolist()
        rows = [row for row in near if answers.addresses[row]]
        old, new = self._changed.old.words, self._changed.new.words
        own, held = ([each[row] for row in rows] for each in (texts, answers.addresses))
        moved[rows] = self.borders.word_steps.moved(own, held, old, new)
        return moved


def _rows_with(words: RowWords, which: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return for each row whether one of its words is such a one."""
    return np.bincount(words.row_of_each, which, minlength=len(words)) > 0
