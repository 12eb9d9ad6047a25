"""Layouts in which people hold addresses: the header of each, and what stands under it.

Headers are those of public files, or after them; a layout names of each column what it holds, as `fields_of` in
`benchmarks.file_layouts` calls it. `other.` is of another premises than the one that a row is about: an address that
must not be taken.
"""

from collections.abc import Mapping

PLAIN = "plain"
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
    "identifier in words, beside a number of the row": "ID=licence Unique~Property~Reference~Number=uprn Address=text Postcode=postcode",
    "housing stock, block": "Property~Reference=licence UPRN=uprn Flat=unit Block=building House~Number=number Street~Name=full_street "
    "Locality=locality Town=town Post~Code=postcode Landlord~Address=other.text",
    "line network": "UPRN=uprn SubPremises=unit PremisesName=building ThoroughfareNumber=number ThoroughfareName=full_street "
    "Locality=locality PostTown=town PostCode=postcode",
    "a word for the number that nobody knows": "UPRN=uprn Flat=unit Building~Name=building Gebaeude=number Street=full_street Town=town Postcode=postcode",
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
    "NNDR, liable party": "Account~No=licence Liable~Party=person Property~Address=address Property~Post~Code=postcode "
    "Liable~Party~Address=other.text",
    "NNDR, occupied property": "occupier_name=person occupied_property_address=address occupied_property_postcode=postcode",
    "NNDR, premise": "Ratepayer=person Premise~Address=address Premise~Address~Post~Code=postcode Ratepayer~Address=other.text",
    "HMO register, licensed property": "Ref=licence Licensed~Property~Address=text Licence~Holder~Address=other.text",
    "HMO register, address of the licensed property": "Address~of~licensed~property=text Address~of~licence~holder=other.text",
    "HMO register, number of the licence": "Number=licence Street=door Ward=authority Post~Code=postcode",
    "HMO register, holder alone": "Licence~Holder~Address=other.text Property=text Post~Code=postcode",
    "licensing, name and address": "Licence=licence Premises~Name=organisation Premises~Address=address Premises~Postcode=postcode "
    "Holder~Address=other.text",
    "licensing, components": "Premises~Name=organisation Premises~Number=doors Premises~Street=full_street Premises~Town=town "
    "Premises~Postcode=postcode Holder~Street=other.street",
    "licensing, designated supervisor": "Premise~Name=organisation Premise~Address~1=line.0 Premise~Address~2=line.1 "
    "Premise~Address~3=line.2 Premise~Postcode=postcode DPS~Address~1=other.line.0",
    "care services": "CSNumber=licence ServiceName=organisation Address_line_1=line.0 Address_line_2=line.1 Address_line_3=line.2 "
    "Service_town=town Service_Postcode=postcode Provider_Postcode=other.postcode",
    "council assets": "UniquePropertyReferenceNumber=uprn NameOfBuildingOrLand=house StreetNumber=number StreetName=full_street "
    "PostTown=town PostCode=postcode",
    "housing stock": "Organisation=organisation Flat~No=unit Block~Name=building House~No=number Street=full_street Area=locality Town=town Post~Code=postcode",
    "housing stock, a word for the number that nobody knows": "Flat=unit Gebaeude=number Street=full_street Town=town PostCode=postcode",
    "meters": "MPAN=licence Metering~Point~Address~Line~1=line.0 Metering~Point~Address~Line~2=line.1 "
    "Metering~Point~Address~Line~3=line.2 Metering~Point~Address~Line~4=line.3 Metering~Point~Postcode=postcode",
    "brownfield land": "SiteReference=licence SiteNameAddress=text GeoX=blank",
    "planning, development": "Reference=licence Development~Address=text Applicant~Address=other.text Agent~Address=other.text",
    "shop, shipping and billing": "Name=licence Shipping~Street=door Shipping~City=town Shipping~Zip=postcode Billing~Street=other.door "
    "Billing~City=other.town Billing~Zip=other.postcode",
    "schools, groups": "URN=licence Group~Name=organisation Group~Street=address Group~Town=town Group~Postcode=postcode",
    "polling stations beside electors": "polling_station_address_1=other.line.0 polling_station_postcode=other.postcode uprn=uprn "
    "housename=house housenumber=number substreetname=dependent_street streetname=street locality=locality town=town "
    "housepostcode=postcode",
    "elector, registered and for letters": "RegisteredAddress1=line.0 RegisteredAddress2=line.1 RegisteredPostCode=postcode "
    "CorrespondenceAddress1=other.line.0 CorrespondencePostCode=other.postcode",
    "charities, contact": "registered_charity_number=licence charity_name=blank charity_contact_address1=line.0 charity_contact_address2=line.1 "
    "charity_contact_address3=line.2 charity_contact_address4=line.3 charity_contact_postcode=postcode",
    "patients": "nhs_number=licence patient_address_line_1=line.0 patient_address_line_2=line.1 patient_address_line_3=line.2 "
    "patient_address_line_4=line.3 patient_postcode=postcode gp_address=other.text",
    "contacts, short words": "id=licence adr_street=address adr_city=town adr_zip=postcode",
    "assets, short words": "bldg_name=house addr_num=number addr_street=full_street addr_postal_town=town addr_postcode=postcode",
    "PAF with descriptors": "UDPRN=uprn Organisation~Name=organisation Sub~Building~Name=unit Building~Name=building Building~Number=number "
    "Dependent~Thoroughfare~&~Descriptor=dependent_street Thoroughfare~&~Descriptor=street Dependent~Locality=locality Post~Town=town "
    "Postcode=postcode",
    "town and postcode of the address": "Address~Line~1=line.0 Address~Line~2=line.1 Address~Line~3=line.2 Address~Town=town "
    "Address~Postcode=postcode",
    "NNDR, written to the owner": "BA_REF_NO=licence HERE_NAME=person HEREADDR1=line.0 HEREADDR2=line.1 HEREADDR3=line.2 HEREADDR4=line.3 "
    "HEREPCODE=postcode CONTACT_ADDR1=other.line.0 CONTACT_ADDR2=other.line.1 CONTACT_PCODE=other.postcode",
    "NNDR, house": "Ratepayer/Company=person House=doors Street=full_street District=locality Town=town Postcode=postcode",
    "NNDR, location": "Assessment~Ref=licence Prop~Location~1=line.0 Prop~Location~2=line.1 Prop~Location~3=line.2 Prop~Location~4=line.3 "
    "Prop~Location~PC=postcode",
    "HMO register, flat or house": "Flat~No/House~Name=house House~No.=number Street~Name=full_street Town=town Post~Code=postcode "
    "Landlord~Address=other.text",
    "form, street or road": "Building~Name/No=doors Street/Road=full_street Locality=locality Town/City=town Postcode/Zip=postcode",
    "gazetteer's address or Royal Mail's": "UPRN=uprn DPA_ADDRESS=text LPI_ADDRESS=blank",
    "lettings": "log_id=licence address_line1=line.0 address_line2=line.1 address_line3=line.2 town_or_city=town county=county "
    "postcode_full=postcode",
    "customers, address in a block": "Customer~Number=licence First~Name=person Address~Block=text E-mail~Address=blank",
    "customers, without an address": "Client~Number=licence Joined=date Email~Address=blank",
    "pharmacies": "PHARMACY_ODS_CODE=licence PHARMACY_TRADING_NAME=organisation ADDRESS_FIELD_1=line.0 ADDRESS_FIELD_2=line.1 "
    "ADDRESS_FIELD_3=line.2 ADDRESS_FIELD_4=line.3 POST_CODE=postcode ORGANISATION_NAME=person",
    "loans": "Loan=licence Security~Address=text Security~Postcode=postcode Borrower~Address=other.text Borrower~Postcode=other.postcode",
    "line network": "AddressKey=licence SubPremises=unit PremisesName=building ThoroughfareNumber=number ThoroughfareName=full_street "
    "Locality=locality PostTown=town PostCode=postcode",
    "Welsh words": "Rhif=licence Llinell~Cyfeiriad~1=line.0 Llinell~Cyfeiriad~2=line.1 Llinell~Cyfeiriad~3=line.2 Tref=town Cod~Post=postcode",
    "registered and trading": "Company=organisation Registered~Address=other.text Registered~Postcode=other.postcode Trading~Address=text "
    "Trading~Postcode=postcode",
    "an address that nobody filled": "Ref=licence Address=blank Full~Details=text",
}


BARE = frozenset(layout for name, layout in FILES.items() if name.endswith("without a header"))
