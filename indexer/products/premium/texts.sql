-- The texts of AddressBase Premium: every form in which its records write a premises.
-- Reads the views street_descriptor, blpu, lpi, delivery_point, organisation, classification and the table faulty_parent.
-- An empty field is NULL, so that concat and concat_ws pass over it.

create macro house_number(start_number, start_suffix, end_number, end_suffix) as
    case when start_number is not null
        then concat(start_number, start_suffix, case when end_number is not null then concat('-', end_number, end_suffix) end)
    end;

-- The floor that an LPI states as its level: a number counted from the ground, a letter, or words.
create macro floor_of(level) as
    case
        when level in ('0', '0.0', 'G', 'GF') then 'GROUND FLOOR'
        when level in ('1', '1.0') then 'FIRST FLOOR'
        when level in ('2', '2.0') then 'SECOND FLOOR'
        when level in ('3', '3.0') then 'THIRD FLOOR'
        when level in ('4', '4.0') then 'FOURTH FLOOR'
        when level in ('5', '5.0') then 'FIFTH FLOOR'
        when level in ('6', '6.0') then 'SIXTH FLOOR'
        when level in ('7', '7.0') then 'SEVENTH FLOOR'
        when level in ('8', '8.0') then 'EIGHTH FLOOR'
        when level in ('9', '9.0') then 'NINTH FLOOR'
        when level in ('-1', '-1.0', 'B', 'LG') then 'BASEMENT'
        when contains(level, 'FLOOR') or contains(level, 'BASEMENT') then level
    end;

create macro language_of(language, country) as
    case language when 'CYM' then 'cy' when 'GAE' then case country when 'N' then 'ga' else 'gd' end else 'en' end;

-- A building name that is a number, 14A or 61-65, stands before the street as a number does.
create macro is_number(name) as regexp_full_match(name, '[0-9]+[A-Z]?([-/][0-9]+[A-Z]?)?');
create macro number_behind_name(name) as
    case when not regexp_matches(name, '(^| )(UNITS?|FLATS?|SUITES?|ROOMS?|BLOCKS?|SHOPS?|STALLS?|PLOT|PHASE|NO) [0-9]')
        then nullif(regexp_extract(name, '^.*[A-Z].* ([0-9]+[A-Z]?([-/][0-9]+[A-Z]?)?)$', 1), '')
    end;

-- The class of a premises: the scheme of the product, the entry in force.
create temp table class_of as
    select distinct on (uprn) uprn, classification_code
    from classification
    where class_scheme = 'AddressBase Premium Classification Scheme'
    order by uprn, end_date desc nulls first, start_date desc nulls last, classification_code;

create temp table premises as
    select distinct on (blpu.uprn)
        blpu.uprn,
        case when faulty_parent.uprn is null then blpu.parent_uprn end as parent_uprn,
        classification_code,
        country,
        case
            when logical_status = 8 or blpu_state = 4 then 'historical'
            when logical_status = 6 or blpu_state in (1, 6) then 'provisional'
            else 'approved'
        end as status,
        latitude, longitude, x_coordinate, y_coordinate, postcode_locator
    from blpu
    left join class_of using (uprn)
    left join faulty_parent using (uprn)
    order by blpu.uprn, blpu.position;

-- A street in a language, and under an empty one as it is called where its name in the language asked for is not held.
create temp table street as
    with held as (
        select distinct on (usrn, language) * from street_descriptor
        order by usrn, language, end_date desc nulls first, start_date desc nulls last, position
    )
    select usrn, language, street_description, locality, town_name, administrative_area from held
    union all
    select * from (
        select distinct on (usrn) usrn, '' as language, street_description, locality, town_name, administrative_area
        from held order by usrn, language <> 'ENG', language
    );

create temp view written_by_lpi as
    select
        lpi.uprn,
        language_of(lpi.language, premises.country) as language,
        case lpi.logical_status
            when 3 then 'alternative' when 6 then 'provisional' when 8 then 'historical' else 'gazetteer'
        end as text_kind,
        lpi.start_date as valid_from,
        lpi.end_date as valid_to,
        nullif(concat_ws(' ', case when sao_start_number is null and not contains(coalesce(sao_text, ''), 'FLOOR') then floor_of(level) end, sao_text,
            house_number(sao_start_number, sao_start_suffix, sao_end_number, sao_end_suffix)), '') as unit,
        pao_text as building,
        house_number(pao_start_number, pao_start_suffix, pao_end_number, pao_end_suffix) as number,
        coalesce(named.street_description, called.street_description) as street,
        coalesce(named.locality, called.locality) as locality,
        coalesce(named.town_name, called.town_name) as town,
        coalesce(named.administrative_area, called.administrative_area) as area,
        premises.postcode_locator as postcode
    from lpi
    left join premises using (uprn)
    left join street as named on named.usrn = lpi.usrn and named.language = lpi.language
    left join street as called on called.usrn = lpi.usrn and called.language = '';

-- A gazetteer holds organisations beside the address. One of now stands before the address of now, its legal name makes an
-- alternative text, and one of before a historical text.
create temp view tenant as
    select uprn, organisation as name, case when end_date is null then 'gazetteer' else 'historical' end as text_kind,
        min(start_date) as start_date, max(end_date) as end_date
    from organisation where organisation is not null
    group by all
    union all
    select uprn, legal_name, case when end_date is null then 'alternative' else 'historical' end,
        min(start_date), max(end_date)
    from organisation where legal_name is not null and legal_name is distinct from organisation
    group by all;

create temp view gazetteer_text as
    with occupied as (
        select written_by_lpi.*, null as organisation from written_by_lpi
        union all
        select written_by_lpi.* replace (
                tenant.text_kind as text_kind, tenant.start_date as valid_from, tenant.end_date as valid_to
            ),
            tenant.name
        from written_by_lpi
        join tenant on tenant.uprn = written_by_lpi.uprn
        where written_by_lpi.text_kind = 'gazetteer'
            and tenant.name is distinct from building and tenant.name is distinct from unit
    )
    select uprn,
        concat_ws(', ',
            organisation,
            case when is_number(unit) and building is not null then unit || ' ' || building
                else nullif(concat_ws(', ', unit, building), '') end,
            nullif(concat_ws(' ', number, street), ''),
            case when locality is distinct from street then locality end,
            case when town is distinct from locality and town is distinct from street then town end,
            case when area is distinct from town and area is distinct from locality then area end) as address,
        postcode, text_kind, language, valid_from, valid_to,
        organisation as organisation_name, building as building_name, street as street_name, locality, town as town_name
    from occupied;

-- The post writes a premises in English and, where it has Welsh names, once more in Welsh.
create temp view delivery_line as
    select
        uprn, language, start_date, end_date, postcode,
        organisation_name, department_name, 'PO BOX ' || po_box_number as po_box, sub_building_name,
        case
            when building_number is null and is_number(building_name) then null
            when building_number is null and number_behind_name(building_name) is not null
                then left(building_name, length(building_name) - length(number_behind_name(building_name)) - 1)
            else building_name
        end as building,
        case
            when building_number is not null then building_number::varchar
            when is_number(building_name) then building_name
            else number_behind_name(building_name)
        end as number,
        case language when 'cy' then coalesce(welsh_dependent_thoroughfare, dependent_thoroughfare) else dependent_thoroughfare end as dependent_street,
        case language when 'cy' then coalesce(welsh_thoroughfare, thoroughfare) else thoroughfare end as street,
        case language when 'cy' then coalesce(welsh_double_dependent_locality, double_dependent_locality) else double_dependent_locality end as hamlet,
        case language when 'cy' then coalesce(welsh_dependent_locality, dependent_locality) else dependent_locality end as locality,
        case language when 'cy' then coalesce(welsh_post_town, post_town) else post_town end as town
    from delivery_point
    cross join (values ('en'), ('cy')) as written (language)
    where language = 'en'
        or coalesce(welsh_dependent_thoroughfare, welsh_thoroughfare, welsh_double_dependent_locality,
            welsh_dependent_locality, welsh_post_town) is not null;

create temp view postal_text as
    select uprn,
        concat_ws(', ',
            organisation_name, department_name, po_box,
            case when is_number(sub_building_name) and building is not null then sub_building_name || ' ' || building
                else nullif(concat_ws(', ', sub_building_name, building), '') end,
            nullif(concat_ws(' ', number, nullif(concat_ws(', ', dependent_street, street, hamlet, locality, town), '')), '')
        ) as address,
        postcode,
        case when end_date is null then 'postal' else 'historical' end as text_kind,
        language, start_date as valid_from, end_date as valid_to,
        organisation_name, building as building_name, street as street_name, locality, town as town_name
    from delivery_line;

create temp view texts as
    select
        text.uprn::varchar as uprn,
        address,
        coalesce(postcode, postcode_locator, '') as postcode,
        text_kind,
        language,
        coalesce(valid_from::varchar, '') as valid_from,
        coalesce(valid_to::varchar, '') as valid_to,
        coalesce(parent_uprn::varchar, '') as parent_uprn,
        coalesce(classification_code, '') as classification,
        coalesce(country, '') as country,
        coalesce(status, '') as status,
        latitude, longitude, x_coordinate as easting, y_coordinate as northing,
        organisation_name, building_name, street_name, locality, town_name
    from (select * from postal_text union all by name select * from gazetteer_text) as text
    left join premises using (uprn)
    where address <> ''
    order by text.uprn, text_kind, language, address, valid_from, valid_to;
