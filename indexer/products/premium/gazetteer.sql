-- What the gazetteer of AddressBase Premium says: its premises, and every form in which it writes one.
-- Reads the views street_descriptor, blpu, lpi, organisation, classification and the table faulty_parent; makes premises and
-- gazetteer_text. An empty field is NULL, so that concat and concat_ws pass over it.

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

-- A part of a building that has neither number nor letter nor name is told from the others by its floor alone.
create macro is_told_by_floor(start_number, part, parent) as
    start_number is null and case when part is null then parent is not null else regexp_full_match(part, '[A-Z]{3,}') end;

create macro language_of(language, country) as
    case language when 'CYM' then 'cy' when 'GAE' then case country when 'N' then 'ga' else 'gd' end else 'en' end;

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
        latitude, longitude, x_coordinate, y_coordinate, postcode_locator,
        local_custodian_code as custodian,
        start_date as premises_from, end_date as premises_to, last_update_date as premises_updated
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
        case
            when lpi.logical_status = 6 then 'provisional'
            when lpi.logical_status = 8 then 'historical'
            when lpi.logical_status = 3 or official_flag = 'N' then 'alternative'
            else 'gazetteer'
        end as text_kind,
        lpi.start_date as valid_from,
        lpi.end_date as valid_to,
        nullif(concat_ws(' ', case when is_told_by_floor(sao_start_number, sao_text, parent_uprn) then floor_of(level) end,
            sao_text, house_number(sao_start_number, sao_start_suffix, sao_end_number, sao_end_suffix)), '') as unit,
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
