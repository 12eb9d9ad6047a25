"""The models of a bundle, loaded: those that an index is built with, and all that matching needs."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from address_match.indexer.manifest import BundleIdentity
from address_match.indexer.ports import BuildModels
from address_match.models.bundle import SHIPPED_DIRECTORY, SHIPPED_NAME, Bundle
from address_match.models.errors import BundleError

if TYPE_CHECKING:
    from address_match.indexer.ports import Encoder, FieldParser
    from address_match.models.calibration import ListwiseCalibration
    from address_match.models.ranker import AdditiveRanker
    from address_match.parser.address_parser import AddressParser
    from address_match.parser.gazetteer.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class BundleModels:
    """Every model of a bundle."""

    parser: "AddressParser"
    encoder: "Encoder"
    ranker: "AdditiveRanker"
    calibration: "ListwiseCalibration"


@dataclass(frozen=True, slots=True)
class BundleModelSource:
    """Loads the parser and the encoder of a bundle to build with (`ModelSource`), here or in a worker process."""

    bundle: Bundle
    device: str
    """Where a transformer encodes."""

    def load(self) -> BuildModels:
        """Load them; raises the errors of `address_match.models.errors` and `address_match.parser.errors`."""
        from address_match.models.encoder.open_encoder import open_encoder
        from address_match.parser.address_parser import AddressParser

        parser = AddressParser.load(self.bundle.parser_path)
        encoder = open_encoder(self.bundle.encoder_path, device=self.device)
        return BuildModels(parser, encoder, identity(self.bundle, parser, encoder))


def load_bundle_models(
    bundle: Bundle, names: "Gazetteer | None" = None, *, device: str = "cpu"
) -> BundleModels:
    """Load every model of a bundle, the parser with the names of a reference where they are given.

    Raises the errors of `address_match.models.errors` and `address_match.parser.errors`: what cannot be read, or
    learned from other features than this release computes.
    """
    from address_match.models.calibration import ListwiseCalibration
    from address_match.models.encoder.open_encoder import open_encoder
    from address_match.models.ranker import AdditiveRanker
    from address_match.parser.address_parser import AddressParser
    from address_match.service.matching.features.table import FEATURE_SPECS

    ranker = AdditiveRanker.load(bundle.ranker_path).for_features(FEATURE_SPECS)
    calibration = ListwiseCalibration.load(bundle.calibration_path)
    _refuse_other_query_features(bundle, calibration)
    with ThreadPoolExecutor(1, thread_name_prefix="open-encoder") as beside:
        # Its weights are read and summed up while the parser's are laid out.
        encoder = beside.submit(open_encoder, bundle.encoder_path, device=device)
        parser = AddressParser.load(bundle.parser_path, names)
        return BundleModels(parser, encoder.result(), ranker, calibration)


def identity(bundle: Bundle, parser: "FieldParser", encoder: "Encoder") -> BundleIdentity:
    """Return what an index has to remember of a bundle: the fingerprints are those that this release gives its models."""
    shipped = bundle.path.resolve() == SHIPPED_DIRECTORY.resolve()
    return BundleIdentity(
        name=bundle.name,
        version=bundle.version,
        path=SHIPPED_NAME if shipped else str(bundle.path.resolve()),
        parser_fingerprint=parser.fingerprint,
        encoder_fingerprint=encoder.fingerprint,
    )


def _refuse_other_query_features(bundle: Bundle, calibration: "ListwiseCalibration") -> None:
    """Raise `BundleError` unless the calibration of a bundle learned from query features that this release computes."""
    from address_match.service.matching.ranking.query_features import QUERY_FEATURES

    for query_feature in calibration.query_features:
        if query_feature not in QUERY_FEATURES:
            raise BundleError(
                f"bundle {bundle.name} {bundle.version} at {bundle.path} learned from the query feature {query_feature}, which this release "
                "does not compute. Train it anew, address-match train bundle --out DIR, and name it with --bundle DIR"
            )
