-- What differs between the premises of two generations: old_texts and new_texts hold their texts, a row a text.

create macro key_of(address) as regexp_replace(upper(address), '[^\p{L}\p{N}]+', '', 'g');

-- The premises of which one of the two alone holds a text, or holds it more often: most are none of them, and are looked at no more.
create macro texts_in_numbers(texts) as table
    select
        hash(
            uprn, address, postcode, text_kind, language, valid_from, valid_to, parent_uprn, classification, status, country,
            latitude, longitude, easting, northing, custodian, premises_from, premises_to
        ) as text,
        hash(uprn) as premises
    from query_table(texts);

create table touched as
    select distinct premises
    from (
        select any_value(premises) as premises
        from (
            select text, premises, 1 as times from texts_in_numbers('old_texts')
            union all
            select text, premises, -1 as times from texts_in_numbers('new_texts')
        )
        group by text
        having sum(times) <> 0
    );

create table touched_old as from old_texts where hash(uprn) in (from touched);

create table touched_new as from new_texts where hash(uprn) in (from touched);

-- A premises by what is said of it, in numbers: a sum over its texts, so that their order says nothing.
create macro premises_of(texts) as table
    select
        uprn,
        sum(hash(address, postcode, text_kind, language)) as words,
        sum(hash(address, text_kind, language, valid_from, valid_to)) as dates,
        min(hash(parent_uprn)) as parent_uprn,
        min(hash(classification)) as classification,
        min(hash(status)) as status,
        min(hash(country)) as country,
        min(hash(latitude, longitude, easting, northing)) as coordinates,
        min(hash(custodian)) as custodian,
        min(hash(premises_from, premises_to)) as premises_dates,
        bool_and(text_kind = 'historical' or status = 'historical') as is_former
    from query_table(texts)
    group by uprn;

-- What one of the two says of no premises, as indexes of earlier formats, is not compared.
create macro says(texts) as table
    select bool_or(custodian <> '') as custodian, bool_or(premises_from <> '' or premises_to <> '') as premises_dates
    from query_table(texts);

create table said as
    select o.custodian and n.custodian as custodian, o.premises_dates and n.premises_dates as premises_dates
    from says('old_texts') as o, says('new_texts') as n;

create table compared as
    select
        uprn,
        case when o.words is null then 'new' when n.words is null then 'gone' else 'changed' end as change,
        concat_ws(
            ' ',
            if(o.words <> n.words, 'texts', null),
            if(o.words = n.words and o.dates <> n.dates, 'dates', null),
            if(o.parent_uprn <> n.parent_uprn, 'parent_uprn', null),
            if(o.classification <> n.classification, 'classification', null),
            if(o.status <> n.status, 'status', null),
            if(o.country <> n.country, 'country', null),
            if(o.coordinates <> n.coordinates, 'coordinates', null),
            if(said.custodian and o.custodian <> n.custodian, 'custodian', null),
            if(said.premises_dates and o.premises_dates <> n.premises_dates, 'premises_dates', null)
        ) as fields,
        o.words is not null and not o.is_former and coalesce(n.is_former, true) as has_ended
    from premises_of('touched_old') as o full join premises_of('touched_new') as n using (uprn), said;

create table unchanged as
    select
        (select count(distinct uprn) from old_texts) - (select count(distinct uprn) from touched_old)
        + (select count(*) from compared where change = 'changed' and fields = '') as premises;

delete from compared where change = 'changed' and fields = '';

-- A premises has moved where one other alone has one of its texts now, letter by letter, and had none of them before.
create table ended as
    select distinct uprn, key_of(address) as written
    from touched_old semi join (from compared where has_ended) using (uprn);

create table moved as
    select old.uprn, min(new.uprn) as successor
    from ended as old
        join (select distinct uprn, key_of(address) as written from touched_new) as new
            on old.written = new.written and old.uprn <> new.uprn
    where not exists (
        select 1 from touched_old as before where before.uprn = new.uprn and key_of(before.address) = new.written
    )
    group by old.uprn
    having count(distinct new.uprn) = 1;

create table difference as
    select
        uprn,
        if(moved.successor is null, compared.change, 'moved') as change,
        fields,
        coalesce(moved.successor, '') as successor
    from compared left join moved using (uprn);

-- The address that stands for a premises: of its first kind of text, of those that have not ended before others.
create macro addresses_of(texts) as table
    select
        uprn,
        substr(
            min(
                coalesce(
                    list_position(['postal', 'gazetteer', 'alternative', 'provisional', 'historical'], text_kind), 1
                )::varchar || if(valid_to = '', '0', '1') || address
            ),
            3
        ) as address
    from query_table(texts) semi join difference using (uprn)
    group by uprn;
