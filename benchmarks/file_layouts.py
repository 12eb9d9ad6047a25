"""Made-up premises written in the layouts in which people hold addresses, as references and as files to match.

Each layout is a header and what stands under it. A reference is built without a mapping and asked for its premises; a file is matched against a
reference of whole addresses. A layout is right where it answers as the plain one does but for `TOLERANCE`, refused where a message says why,
else silently wrong. Fails where any is silently wrong.
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from address_match.indexer.errors import IndexerError
from address_match.indexer.sources.table import open_table
from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.texts.field_pieces import flat_text, number_text
from address_match.parser.labelled_text import render
from address_match.service.batch.input_addresses import find_address, read_batches, refuse_roads_alone
from address_match.service.build import build
from address_match.service.errors import UsageError
from address_match.service.matching.answer import Answer, Status
from address_match.service.wiring import open_pipeline
from benchmarks.harness.options import RESULTS
from benchmarks.harness.result import Result, Table, publish

SEED = 16
SIZE = 400
TOLERANCE = 0.03
KINDS = frozenset({"house", "flat", "farm", "business", "unit"})
PLAIN = "plain"
_BATCH_ROWS = 2_000

REFERENCES: Mapping[str, str] = {
    PLAIN: "uprn=uprn address=text postcode=postcode",
    "AddressBase": "UPRN=uprn ORGANISATION_NAME=organisation SUB_BUILDING_NAME=unit BUILDING_NAME=building BUILDING_NUMBER=number "
    "DEPENDENT_THOROUGHFARE=dependent_street THOROUGHFARE=street POST_TOWN=town DEPENDENT_LOCALITY=locality POSTCODE=postcode",
    "AddressBase Plus": "UPRN=uprn RM_ORGANISATION_NAME=paf.organisation SUB_BUILDING_NAME=paf.unit BUILDING_NAME=paf.building "
    "BUILDING_NUMBER=paf.number DEPENDENT_THOROUGHFARE=paf.dependent_street THOROUGHFARE=paf.street POST_TOWN=paf.town "
    "DEPENDENT_LOCALITY=paf.locality POSTCODE=paf.postcode SAO_TEXT=unit PAO_START_NUMBER=start PAO_START_SUFFIX=suffix "
    "PAO_END_NUMBER=end PAO_TEXT=building LA_ORGANISATION=organisation STREET_DESCRIPTION=full_street LOCALITY_NAME=locality "
    "TOWN_NAME=town ADMINISTRATIVE_AREA=authority POSTCODE_LOCATOR=postcode",
    "PAF in CamelCase": "Uprn=uprn OrganisationName=organisation SubBuildingName=unit BuildingName=building BuildingNumber=number "
    "DependentThoroughfareName=dependent_street ThoroughfareName=street DependentLocality=locality PostTown=town Postcode=postcode",
    "LLPG": "UPRN=uprn ORGANISATION=organisation SAO_TEXT=unit PAO_TEXT=building PAO_START_NUMBER=start PAO_START_SUFFIX=suffix "
    "PAO_END_NUMBER=end STREET_DESCRIPTION=full_street LOCALITY_NAME=locality TOWN_NAME=town ADMINISTRATIVE_AREA=authority "
    "POSTCODE_LOCATOR=postcode",
    "LLPG, street alone": "UPRN=uprn STREET_DESCRIPTION=full_street TOWN_NAME=town POSTCODE_LOCATOR=postcode",
    "LLPG, short words": "Uprn=uprn Organisation=organisation Sao~Text=unit Pao~Text=building Pao~Start~No=start Pao~Start~Sfx=suffix "
    "Pao~End~No=end Street~Descriptor=full_street Locality~Name=locality Town~Name=town Admin~Area=authority Postcode=postcode",
    "LLPG, one line": "UPRN=uprn USRN=blank BLPU_CLASS=class LPI_ADDRESS=text POSTCODE=postcode",
    "NI Pointer": "UPRN=uprn ORGANISATION_NAME=organisation SUB_BUILDING_NAME=unit BUILDING_NAME=building BUILDING_NUMBER=number "
    "PRIMARY_THORFARE=street SECONDARY_THORFARE=dependent_street LOCALITY=locality TOWNLAND=blank TOWN=town COUNTY=county POSTCODE=postcode",
    "electoral, Halarose": "UPRN=uprn SubStreetName=dependent_street HouseName=house StreetNumber=number StreetName=street "
    "Locality=locality Town=town PostCode=postcode",
    "electoral, lines": "Add1=line.0 Add2=line.1 Add3=line.2 Add4=line.3 Add5=line.4 Add6=line.5 PostCode=postcode UPRN=uprn",
    "OS NGD": "uprn=uprn versiondate=blank fulladdress=text postcode=postcode streetname=street",
    "identifiers with .0": "UPRN=uprn.0 Address=text Postcode=postcode",
    "rounded identifiers": "UPRN=rounded Address=text Postcode=postcode",
    "one identifier": "UPRN=same Address=text Postcode=postcode",
    "numbers with .0": "uprn=uprn organisation_name=organisation sub_building_name=unit building_name=building "
    "building_number=number.0 street_name=full_street locality=locality town_name=town postcode=postcode",
}
"""Name of a column, and what it holds: a field of a premises below; `paf.` of every other row alone."""

FILES: Mapping[str, str] = {
    PLAIN: "ref=uprn address=text postcode=postcode",
    "EPC": "LMK_KEY=uprn ADDRESS1=line.0 ADDRESS2=line.1 POSTCODE=postcode ADDRESS=address COUNTY=county POSTTOWN=town",
    "Price Paid": "paon=paon saon=unit street=full_street locality=locality town=town district=authority county=county postcode=postcode",
    "FHRS": "BusinessName=organisation AddressLine1=line.0 AddressLine2=line.1 AddressLine3=line.2 AddressLine4=line.3 PostCode=postcode",
    "CCOD": "Title_Number=uprn Property~Address=text District=authority County=county Region=blank Postcode=postcode",
    "NNDR": "Full~Property~Address=text Post~Code=postcode",
    "HMO register": "Address~of~HMO=text Licence~holder~address=blank Postcode=postcode",
    "HMO register, unknown words": "Location=text Licence~holder=blank Postcode=postcode",
    "form, lines in words": "Address~Line~One=line.0 Address~Line~Two=line.1 Address~Line~Three=line.2 Town/City=town Post~Code=postcode",
    "form, components": "Organisation=organisation Flat=unit HouseNumber=number HouseName=building StreetName=full_street "
    "Locality=locality Town=town PostCode=postcode",
    "form, a word for the number that nobody knows": "Gebaeude=number Street=full_street Town=town PostCode=postcode",
    "form, parts beside the address": "Flat=unit House~Name=building House~No=number Address=road Town=town PostCode=postcode",
    "NNDR, property and ratepayer": "Prop~Addr1=line.0 Prop~Addr2=line.1 Prop~Addr3=line.2 Prop~Addr4=line.3 Prop~Postcode=postcode "
    "Ratepayer~Addr1=blank Ratepayer~Postcode=blank",
    "CQC": "Location~Name=organisation Location~Street~Address=line.0 Location~Address~Line~2=line.1 Location~City=town "
    "Location~County=county Location~Postal~Code=postcode",
    "GIAS": "URN=uprn EstablishmentName=organisation Street=line.0 Locality=line.1 Address3=line.2 Town=town County~(name)=county "
    "Postcode=postcode",
    "planning": "Application=uprn Location=text Proposal=blank",
    "billing and delivery": "Billing~Address=text Delivery~Address=text",
    "Price Paid, without a header": "transaction=guid price=price date_of_transfer=date postcode=postcode property_type=letter old_new=yes "
    "duration=letter paon=paon saon=unit street=full_street locality=locality town=town district=authority county=county "
    "ppd_category=letter record_status=letter",
    "CSV PAF, without a header": "Postcode=postcode Post~Town=town Dependent~Locality=locality Double=blank Thoroughfare=street "
    "Dependent=dependent_street Number=number Name=building Sub=unit PO~Box=blank Department=blank Organisation=organisation UDPRN=udprn "
    "Type=s SU=yes DPS=dps",
    "addr1 to addr4": "addr1=line.0 addr2=line.1 addr3=line.2 addr4=line.3 postcode=postcode",
    "Companies House": "CompanyName=organisation RegAddress.CareOf=blank RegAddress.AddressLine1=line.0 RegAddress.AddressLine2=line.1 "
    "RegAddress.PostTown=town RegAddress.County=county RegAddress.PostCode=postcode",
    "OpenStreetMap": "name=organisation addr:unit=unit addr:housename=building addr:housenumber=number addr:street=full_street "
    "addr:suburb=locality addr:city=town addr:postcode=postcode",
    "OpenStreetMap, by Overpass": "@id=uprn @type=letter name=organisation addr:flats=unit addr:housename=building addr:housenumber=number "
    "addr:street=full_street addr:village=locality addr:town=town addr:postcode=postcode addr:country=blank",
    "OpenStreetMap, by ogr2ogr": "osm_id=uprn name=organisation addr_unit=unit addr_housename=building addr_housenumber=number "
    "addr_street=full_street addr_village=locality addr_city=town addr_postcode=postcode other_tags=blank",
    "Price Paid, linked data": "unique_id=guid price_paid=price deed_date=date postcode=postcode property_type=letter new_build=yes "
    "estate_type=letter saon=unit paon=paon street=full_street locality=locality town=town district=authority county=county "
    "transaction_category=letter linked_data_uri=blank",
    "rating list, name or number": "BA~Reference~Number=uprn Firm's~Name=organisation Number~Or~Name=doors Street=full_street Town=town "
    "Postal~District=locality County=county Postcode=postcode Rateable~Value=price",
    "NNDR, account holder": "Account~Number=uprn Account~Holder~Name=organisation Account~Holder~Address=blank Property~Address~Line~1=line.0 "
    "Property~Address~Line~2=line.1 Property~Address~Line~3=line.2 Property~Address~Line~4=line.3 Property~Post~Code=postcode",
    "HMO register, lines": "Licence~Number=uprn HMO~Address~Line~1=line.0 HMO~Address~Line~2=line.1 HMO~Address~Line~3=line.2 HMO~Town=town "
    "HMO~Postcode=postcode Licensee~Name=blank Licensee~Address=blank Licensee~Postcode=blank",
    "HMO register, licensed": "Case~Ref=uprn Property~Licensed=text Managing~Agent~Address=blank Occupants=price",
    "electoral, words written as one": "Property_URN=uprn Housename=house Housenumber=number Substreetname=dependent_street Streetname=street "
    "Locality=locality Town=town Adminarea=county Postcode=postcode",
    "electoral, qualifying address": "Elector~Number=uprn Qualifying~Address~1=line.0 Qualifying~Address~2=line.1 Qualifying~Address~3=line.2 "
    "Qualifying~Address~4=line.3 Qualifying~Postcode=postcode Correspondence~Address~1=blank Correspondence~Postcode=blank",
    "GIAS, all columns": "URN=uprn LA~(name)=authority EstablishmentName=organisation Street=door Locality=locality Address3=blank Town=town "
    "County~(name)=county Postcode=postcode SchoolWebsite=blank Trusts~(name)=blank GOR~(name)=blank",
    "Companies House, API": "company_name=organisation registered_office_address.care_of=blank registered_office_address.premises=doors "
    "registered_office_address.address_line_1=full_street registered_office_address.address_line_2=locality "
    "registered_office_address.locality=town registered_office_address.region=county registered_office_address.postal_code=postcode",
    "EPC, register of today": "certificate_number=uprn address_line_1=line.0 address_line_2=line.1 address_line_3=line.2 address_line_4=line.3 "
    "postcode=postcode post_town=town council=authority constituency=blank",
    "council tax": "Property~Reference=uprn Liable~Party=blank Property~Address~1=line.0 Property~Address~2=line.1 Property~Address~3=line.2 "
    "Property~Address~4=line.3 Property~Postcode=postcode Contact~Address~1=blank Contact~Postcode=blank Band=letter",
    "NHS ODS": "Organisation~Code=uprn Name=organisation National~Grouping=letter Address~Line~1=line.0 Address~Line~2=line.1 "
    "Address~Line~3=line.2 Address~Line~4=line.3 Address~Line~5=line.4 Postcode=postcode Open~Date=date",
    "form, house name / number": "House~Name~/~Number=doors Road=full_street Village=locality Post~Town=town Post~Code=postcode",
    "form, ordinal lines": "First~Line~of~Address=line.0 Second~Line~of~Address=line.1 3rd~Line~of~Address=line.2 Town~or~City=town "
    "Postcode=postcode",
}


BARE = frozenset(layout for name, layout in FILES.items() if name.endswith("without a header"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the premises in one layout."""

    layout: str
    right: int = 0
    """Premises that are matched to themselves."""
    wrong: int = 0
    """Premises that are matched to another one."""
    refusal: str = ""
    """Why the file was not taken."""

    def verdict(self, plain: "Outcome", asked: int) -> str:
        """Return right, refused or silently wrong, measured by the plain layout of as many premises."""
        if self.refusal:
            return "refused"
        lost = max(plain.right - self.right, self.wrong - plain.wrong)
        return "right" if lost <= TOLERANCE * asked else "silently wrong"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write, build and match each layout, and write the result."""
    options = _options().parse_args(arguments)
    premises = [p for p in SyntheticCountry(SEED, options.size) if p.kind in KINDS and p.postcode]
    premises = list(islice(premises, options.size))
    with tempfile.TemporaryDirectory(prefix="address-match-") as folder:
        references = [_built(name, premises, Path(folder), options.bundle) for name in REFERENCES]
        files = [_matched(name, premises, Path(folder), options.bundle) for name in FILES]
    result = _result(references, files, len(premises), options.size)
    publish(result, options.out)
    return 1 if result.figures["silently_wrong"] else 0


def fields_of(premises: Premises, place: int) -> dict[str, str]:
    """Return what a column may hold of a premises that stands at this place of a file."""
    number = number_text(premises)
    unit = flat_text(premises)
    full_street = ", ".join(part for part in (premises.dependent_street, premises.street) if part)
    door = f"{number} {full_street}".strip()
    lines = [
        p
        for p in (premises.organisation, unit, premises.building, door, premises.locality, premises.town)
        if p
    ]
    fields = {
        "uprn": premises.uprn,
        "uprn.0": f"{premises.uprn}.0",
        "rounded": f"{float(premises.uprn):.3E}",
        "same": "200001000001",
        "text": render(premises.texts[0].pieces).text,
        "address": ", ".join(lines[:-1]),
        "organisation": premises.organisation,
        "unit": unit,
        "building": premises.building,
        "house": ", ".join(p for p in (premises.organisation, unit, premises.building) if p),
        "paon": premises.building if not number else ", ".join(p for p in (premises.building, number) if p),
        "doors": ", ".join(p for p in (unit, premises.building, number) if p),
        "door": ", ".join(p for p in (unit, premises.building, door) if p),
        "road": ", ".join(p for p in (full_street, premises.locality) if p),
        "number": number,
        "number.0": f"{number}.0" if number.isdigit() else number,
        "start": "" if premises.number < 0 else str(premises.number),
        "suffix": premises.suffix,
        "end": "" if premises.number_end < 0 else str(premises.number_end),
        "dependent_street": premises.dependent_street,
        "street": premises.street,
        "full_street": full_street,
        "locality": premises.locality,
        "town": premises.town,
        "county": premises.county,
        "authority": premises.authority,
        "postcode": premises.postcode,
        "blank": "",
        "guid": f"{{0A1B2C3D-0000-1111-2222-{int(premises.uprn):012d}}}",
        "price": "95000",
        "date": "2026-05-18 00:00",
        "letter": "F",
        "class": "RD04",
        "s": "S",
        "yes": "Y",
        "udprn": "12345678",
        "dps": "1A",
        **{f"line.{position}": (lines[position] if position < len(lines) else "") for position in range(6)},
    }
    return fields | {f"paf.{name}": ("" if place % 2 else text) for name, text in fields.items()}


def write_layout(layout: str, premises: Sequence[Premises], path: Path) -> None:
    """Write premises as CSV with the columns of a layout, and its header unless it is one without."""
    columns = [column.replace("~", " ").rpartition("=") for column in layout.split()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if layout not in BARE:
            writer.writerow(name for name, _, _ in columns)
        for place, one in enumerate(premises):
            fields = fields_of(one, place)
            writer.writerow(fields[field] for _, _, field in columns)


def _built(name: str, premises: Sequence[Premises], folder: Path, bundle: Path | None) -> Outcome:
    """Build an index of a layout and ask it for each premises."""
    path, index = folder / "reference.csv", folder / f"index-{list(REFERENCES).index(name)}"
    write_layout(REFERENCES[name], premises, path)
    try:
        build(path, index, bundle=bundle)
    except IndexerError as error:
        return Outcome(name, refusal=str(error).replace(str(folder), ""))
    return _judged(name, premises, [render(one.texts[0].pieces).text for one in premises], index, bundle)


def _matched(name: str, premises: Sequence[Premises], folder: Path, bundle: Path | None) -> Outcome:
    """Match a file of a layout against the plain reference."""
    path = folder / "input.csv"
    write_layout(FILES[name], premises, path)
    with open_table(path) as table:
        try:
            address = find_address(table.columns)
            batches = refuse_roads_alone(read_batches(table, address, _BATCH_ROWS), address, table.columns)
            texts = [text for batch in batches for text in batch.texts]
        except UsageError as error:
            return Outcome(name, refusal=str(error))
    return _judged(name, premises, texts, folder / "index-0", bundle)


def _judged(
    name: str, premises: Sequence[Premises], texts: Sequence[str], index: Path, bundle: Path | None
) -> Outcome:
    with closing(open_pipeline(index, bundle)) as pipeline:
        answers: list[Answer] = pipeline.match(texts, thorough=True)
    matched = [
        (one, answer)
        for one, answer in zip(premises, answers, strict=True)
        if answer.status is Status.MATCHED
    ]
    right = sum(answer.uprn == one.uprn for one, answer in matched)
    return Outcome(name, right, len(matched) - right)


def _result(references: Sequence[Outcome], files: Sequence[Outcome], asked: int, size: int) -> Result:
    judged = [
        (kind, outcome, outcome.verdict(outcomes[0], asked))
        for kind, outcomes in (("reference", references), ("file", files))
        for outcome in outcomes
    ]
    count = [verdict for _, _, verdict in judged]
    return Result(
        benchmark="file_layouts",
        settings={"premises": asked, "size": size, "seed": SEED, "tolerance": TOLERANCE},
        figures={
            name.replace(" ", "_"): count.count(name) for name in ("right", "refused", "silently wrong")
        },
        tables=(
            Table(
                "By layout",
                ("used as", "layout", "verdict", "matched to itself", "to another", "refusal"),
                tuple((kind, o.layout, verdict, o.right, o.wrong, o.refusal) for kind, o, verdict in judged),
            ),
        ),
    )


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.file_layouts", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="premises of the country (%(default)s)")
    parser.add_argument("--bundle", type=Path, default=None, help="models to use instead of the shipped ones")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the result (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
