from dataclasses import replace

from address_match.service.matching.account.fault import Fault, FaultKind
from address_match.service.matching.account.word_account import Account, WordAccount
from address_match.service.matching.features.feature import Field
from address_match.service.wire.explanation import explanation_object
from tests.service.factories import explained, matched


def test_words_and_faults_of_a_candidate_are_written_with_their_places_and_weights() -> None:
    explanation = explained("1 mil lane", matched())
    told = replace(
        explanation.candidates[0],
        words=(WordAccount("MIL", 2, 5, Field.STREET, Account.RESPELLED),),
        match_code="premises ~street",
        faults=(Fault("MIL", Field.STREET, FaultKind.RESPELLED, -0.12345),),
    )
    (written,) = explanation_object(replace(explanation, candidates=(told,)))["candidates"]
    assert written["match_code"] == "premises ~street"
    assert written["words"] == [
        {"text": "MIL", "start": 2, "end": 5, "element": "street", "account": "respelled"}
    ]
    assert written["faults"] == [
        {"value": "MIL", "element": "street", "fault": "respelled", "weight": -0.123}
    ]
