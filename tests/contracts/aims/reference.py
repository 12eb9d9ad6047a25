"""A reference in which the requests of the tables find what they presuppose; none of its addresses is real."""

_COLUMNS = (
    "uprn,sub_building_name,building_name,building_number,street_name,town_name,postcode,text_kind,language,"
    "valid_from,valid_to,parent_uprn,classification,country,status,latitude,longitude,easting,northing,custodian"
)
_AT = "E,approved,51.5,-0.1,531000,180000,9001"
_ROWS = (
    f"12345,,,2,THORNBECK ROAD,OSTWICK,AB12 3CD,postal,en,2001-02-03,,900,RD04,{_AT}",
    f"12345,,,2,THORNBECK ROAD,OSTWICK,AB12 3CD,gazetteer,en,2001-02-03,,900,RD04,{_AT}",
    f"12345,,,2,FFORDD Y DDRAENEN,OSTWICK,AB12 3CD,postal,cy,,,900,RD04,{_AT}",
    f"12345,,,2,FFORDD Y DDRAENEN,OSTWICK,AB12 3CD,gazetteer,cy,,,900,RD04,{_AT}",
    f"900,,THORNBECK HOUSE,,THORNBECK ROAD,OSTWICK,AB12 3CD,gazetteer,en,,,,CO01,{_AT}",
    f"67890,,,14A,THORNBECK ROAD,OSTWICK,AB12 3CD,postal,en,,,,CR08,{_AT}",
    f"67891,,,16,THORNBECK ROAD,OSTWICK,AB12 3CD,historical,en,,2010-01-01,,RD04,{_AT}",
    "500,,QUERNSTONE FARM,,NETHER LANE,OSTWICK,AB12 4ZZ,postal,en,,,,,W,,,,,,",
    "501,FLAT 3,OSIER COURT,,QUERN STREET,OSTWICK,AB12 4ZY,gazetteer,en,,,,RD06,W,approved,51.6,-0.2,524000,191000,",
)
REFERENCE = "\n".join((_COLUMNS, *_ROWS, ""))
