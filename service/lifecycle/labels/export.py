"""The labels taken out of a store, with a row of the audit that says who did."""

from pathlib import Path

from address_match.service.errors import UsageError
from address_match.service.lifecycle.audit.audit import Audit
from address_match.service.lifecycle.audit.audit_row import Act
from address_match.service.lifecycle.labels.label_set import LabelSet, labels_sha256
from address_match.service.lifecycle.labels.written_labels import write_labels


def export_labels(labels: LabelSet, registry: Path, path: Path, *, by: str, force: bool = False) -> int:
    """Write those that say what is right, and return how many; raises UsageError where there are none.

    The audit in the folder of a registry names the file and `by` first, so that nothing is taken out unseen.
    """
    known = [one for one in labels.labels if one.judgement.is_known]
    if not known:
        raise UsageError("the store has no label yet that says what is right")
    details = {"labels": len(known), "set": labels_sha256(labels.true_addresses)}
    Audit(registry).append(Act.LABEL_EXPORT, path.name, details, by=by)
    write_labels(path, known, force=force)
    return len(known)
