"""Files of OS NGD Address for the tests, of made-up features."""

import csv
from pathlib import Path

BUILT = {
    "UPRN": "100",
    "description": "Built Address",
    "fulladdress": "9, MILL LANE, OSTWICK, ZE1 4QT",
    "streetname": "MILL LANE",
    "townname": "OSTWICK",
    "postcode": "ZE1 4QT",
    "country": "England",
    "classificationcode": "RD04",
    "addressstatus": "Approved",
    "easting": "400000",
    "northing": "200000.5",
    "effectivestartdate": "2001-02-03",
    "localcustodiancode": "9001",
    "versiondate": "2016-02-10",
}
POST = {
    "udprn": "55",
    "buildingnumber": "9",
    "thoroughfare": "MILL LANE",
    "posttown": "OSTWICK",
    "postcode": "ZE1 4QT",
}


def write(folder: Path, name: str, *rows: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return folder
