-- The texts of a product: every form in which the post and its gazetteer write a premises, with the facts of the premises.
-- Reads delivery_point, with the column names of AddressBase Premium, gazetteer_text and premises.
-- An empty field is NULL, so that concat and concat_ws pass over it.

-- Of which premises texts are asked: all, or those of a turn.
create temp macro is_asked(uprn) as true;

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
        coalesce(custodian::varchar, '') as custodian,
        coalesce(premises_from::varchar, '') as premises_from,
        coalesce(premises_to::varchar, '') as premises_to,
        coalesce(premises_updated::varchar, '') as premises_updated,
        organisation_name, building_name, street_name, locality, town_name
    from (select * from postal_text union all by name select * from gazetteer_text) as text
    left join premises using (uprn)
    where address <> '' and is_asked(text.uprn)
    order by text.uprn, text_kind, language, address, postcode, valid_from, valid_to;
