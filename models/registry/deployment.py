from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Deployment:
    """A bundle and an index that are served together, as they were when they were opened."""

    bundle: str
    """Its name in the registry, `default`, or else the directory that it lies in."""
    bundle_version: str
    bundle_fingerprint: str
    """Of all parts of the bundle."""
    encoder_fingerprint: str
    parser_fingerprint: str
    index: str
    """Where the index is."""
    generation: str
    """Of the index, when the deployment was opened."""
    alias: str = ""
    """Of the index, where that stands in Elasticsearch; empty where it is a folder."""
    url: str = ""
    """Of its cluster; empty where that is named by a cloud id, which is asked of the environment."""

    def as_object(self) -> dict[str, str]:
        """Return it as files keep it: what is of Elasticsearch alone is left out of others."""
        return {name: value for name, value in asdict(self).items() if value or name not in {"alias", "url"}}
