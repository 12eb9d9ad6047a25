-- Where the texts of a premises disagree about it, or its parents lead nowhere: texts holds a row a text,
-- overruled what a reference says of a premises and one before it says otherwise. An empty value disagrees with none.

create macro pair_of(one, other) as one || ' | ' || other;
create macro place_of(easting, northing, latitude, longitude) as
    nullif(concat_ws(' ', easting::varchar, northing::varchar, latitude::varchar, longitude::varchar), '');

create table premises as
    select
        uprn,
        min(nullif(parent_uprn, '')) as parent_first,
        max(nullif(parent_uprn, '')) as parent_last,
        min(nullif(classification, '')) as classification_first,
        max(nullif(classification, '')) as classification_last,
        min(nullif(country, '')) as country_first,
        max(nullif(country, '')) as country_last,
        min(nullif(status, '')) as status_first,
        max(nullif(status, '')) as status_last,
        min(place_of(easting, northing, latitude, longitude)) as place_first,
        max(place_of(easting, northing, latitude, longitude)) as place_last,
        min(replace(coalesce(nullif(postcode, ''), nullif(reading_postcode, '')), ' ', ''))
            filter (text_kind <> 'historical') as postcode_first,
        max(replace(coalesce(nullif(postcode, ''), nullif(reading_postcode, '')), ' ', ''))
            filter (text_kind <> 'historical') as postcode_last
    from texts
    group by uprn;

-- From each premises up, as long as there are parents that are held; nobody builds higher than ten levels.
create table circled as
    with recursive above(uprn, at_uprn, level) as (
        select uprn, parent_first, 1 from premises where parent_first is not null
        union all
        select above.uprn, premises.parent_first, above.level + 1
        from above join premises on premises.uprn = above.at_uprn
        where above.level < 10 and above.at_uprn <> above.uprn and premises.parent_first is not null
    )
    select distinct uprn from above where at_uprn = uprn;

create table contradictions as
    select uprn, 'parent_uprn' as field, pair_of(parent_first, parent_last) as found from premises where parent_first <> parent_last
    union all
    select uprn, 'classification', pair_of(classification_first, classification_last) from premises
    where classification_first <> classification_last
    union all
    select uprn, 'country', pair_of(country_first, country_last) from premises where country_first <> country_last
    union all
    select uprn, 'status', pair_of(status_first, status_last) from premises where status_first <> status_last
    union all
    select uprn, 'coordinates', pair_of(place_first, place_last) from premises where place_first <> place_last
    union all
    select uprn, 'postcode', pair_of(postcode_first, postcode_last) from premises where postcode_first <> postcode_last
    union all
    select child.uprn, 'parent_not_held', child.parent_first
    from premises as child anti join premises as parent on parent.uprn = child.parent_first
    where child.parent_first is not null
    union all
    select uprn, 'parent_circle', parent_first from premises semi join circled using (uprn);

create table conflicts as
    select uprn, field, found, '' as "references" from contradictions
    union all
    select uprn, field, pair_of(believed, found), pair_of(believed_of, found_of) from overruled;
