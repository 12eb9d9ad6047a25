from collections import Counter

from address_match.service.matching.features.table import FEATURES
from benchmarks.ablation.channels import CHANNELS
from benchmarks.ablation.feature_groups import GROUPS


def test_every_learned_feature_belongs_to_one_group() -> None:
    grouped = Counter(feature for group in GROUPS for feature in group.features)
    assert grouped == dict.fromkeys(FEATURES, 1)


def test_each_channel_is_left_out_once_and_asked_alone_once() -> None:
    asked = Counter(sum((q.block > 0, q.lexical > 0, q.dense > 0)) for q in CHANNELS.values())
    assert asked == {3: 1, 2: 3, 1: 3}
