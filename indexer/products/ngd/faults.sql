-- What the features say that cannot be: where it stands, what it is, and an identifier.
select position, what, parent_uprn as identifier from faulty_parent
union all
select position, 'premises is not in the supply', uprn
from (
    select position, uprn from alternate_address
    union all
    select position, uprn from royal_mail_address where uprn is not null
)
where uprn not in (select uprn from address where uprn is not null)
union all
select position, 'premises without a text', uprn from address where fulladdress is null
union all
select position, 'no date', effectivestartdate from address
where effectivestartdate is not null and try_cast(effectivestartdate as date) is null
union all
select position, 'no date', effectiveenddate from address
where effectiveenddate is not null and try_cast(effectiveenddate as date) is null
union all
select position, 'no number', coordinate
from (
    select position, unnest([easting, northing, latitude, longitude]) as coordinate from address
)
where coordinate is not null and try_cast(coordinate as double) is null
order by position, what
