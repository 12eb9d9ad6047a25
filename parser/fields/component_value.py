from collections.abc import Sequence

from address_match.parser.fields.premises_part import PremisesPart


def premises_value(part: PremisesPart, tokens: Sequence[str]) -> str:
    """Write a component of the premises in its normal form; as it stands where it says several things at once.

    >>> premises_value(PremisesPart(number=12, suffix="A"), ["12", "A"]), premises_value(PremisesPart(unit="3", unit_kind="FLAT"), ["FLT", "03"])
    ('12A', 'FLAT 3')
    """
    said = (bool(part.unit or part.unit_kind), bool(part.building), part.number >= 0)
    if part.floor or part.side or (said[2] and (said[0] or said[1])) or not any(said):
        return " ".join(tokens)
    if said[2]:
        end = f"-{part.number_end}" if part.number_end >= 0 else ""
        return f"{part.number}{part.suffix}{end}"
    return " ".join(word for word in (part.unit_kind, part.unit, part.building) if word)
