-- What OS NGD Address says: its premises, the addresses of their feature and those beside it, and the delivery points.
-- Reads the views address, alternate_address, royal_mail_address and the table faulty_parent; makes premises, gazetteer_text and
-- delivery_point, the last with the column names of AddressBase Premium.

create macro language_of(language, country) as
    case
        when left(lower(language), 2) in ('cy', 'we') then 'cy'
        when left(lower(language), 3) in ('gla', 'gae', 'gd', 'sco') then 'gd'
        when left(lower(language), 3) in ('gle', 'ga', 'iri') then 'ga'
        when left(lower(language), 2) = 'en' then 'en'
        else case left(country, 1) when 'W' then 'cy' when 'S' then 'gd' else 'en' end
    end;

create macro country_of(country) as
    case lower(country)
        when 'england' then 'E' when 'wales' then 'W' when 'scotland' then 'S' when 'northern ireland' then 'N'
        when 'isle of man' then 'M' when 'channel islands' then 'L' else country
    end;

create temp table premises as
    select distinct on (address.uprn)
        address.uprn,
        case when faulty_parent.uprn is null then parentuprn end as parent_uprn,
        classificationcode as classification_code,
        country_of(country) as country,
        case
            when starts_with(lower(description), 'historic') or starts_with(lower(addressstatus), 'historic') then 'historical'
            when starts_with(lower(description), 'pre-build') or starts_with(lower(addressstatus), 'provisional') then 'provisional'
            else 'approved'
        end as status,
        try_cast(latitude as double) as latitude, try_cast(longitude as double) as longitude,
        try_cast(easting as double) as x_coordinate, try_cast(northing as double) as y_coordinate,
        postcode as postcode_locator,
        localcustodiancode as custodian,
        try_cast(effectivestartdate as date) as premises_from, try_cast(effectiveenddate as date) as premises_to,
        try_cast(versiondate as date) as premises_updated
    from address
    left join faulty_parent using (uprn)
    order by address.uprn, address.position;

create temp view gazetteer_text as
    with written as (
        select uprn, fulladdress as address, 'en' as language, organisationname, name, streetname, locality, townname,
            postcode, addressstatus, description, effectivestartdate, effectiveenddate
        from address
        union all
        select uprn, alternatelanguagefulladdress, language_of(alternatelanguage, country), null, null, null, null, null,
            postcode, addressstatus, description, effectivestartdate, effectiveenddate
        from address
        where alternatelanguagefulladdress is not null
        union all
        select uprn, fulladdress, case when language is null then 'en' else language_of(language, null) end, null, null,
            streetname, locality, townname,
            postcode, addressstatus, 'alternate', effectivestartdate, effectiveenddate
        from alternate_address
    )
    select uprn, address, postcode,
        case
            when starts_with(lower(description), 'historic') or starts_with(lower(addressstatus), 'historic') then 'historical'
            when starts_with(lower(description), 'pre-build') or starts_with(lower(addressstatus), 'provisional') then 'provisional'
            when description = 'alternate' then 'alternative'
            else 'gazetteer'
        end as text_kind,
        language, try_cast(effectivestartdate as date) as valid_from, try_cast(effectiveenddate as date) as valid_to,
        organisationname as organisation_name, name as building_name, streetname as street_name, locality,
        townname as town_name
    from written;

-- A delivery point that no premises was found for is known by its own number.
create temp view delivery_point as
    select
        coalesce(uprn, 'udprn-' || udprn) as uprn,
        organisationname as organisation_name, departmentname as department_name, subbuildingname as sub_building_name,
        buildingname as building_name, buildingnumber as building_number,
        dependentthoroughfare as dependent_thoroughfare, thoroughfare,
        doubledependentlocality as double_dependent_locality, dependentlocality as dependent_locality,
        posttown as post_town, postcode,
        welshdependentthoroughfare as welsh_dependent_thoroughfare, welshthoroughfare as welsh_thoroughfare,
        welshdoubledependentlocality as welsh_double_dependent_locality,
        welshdependentlocality as welsh_dependent_locality, welshposttown as welsh_post_town,
        poboxnumber as po_box_number, try_cast(entrydate as date) as start_date, null::date as end_date
    from royal_mail_address;
