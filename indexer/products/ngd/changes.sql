-- The features after changes, of which the last version of each counts.
-- Reads held_NAME, earlier_NAME and changed_NAME of each feature type; makes applied_NAME, since_NAME, and unheld: what is updated or ended and not held.

create macro moment(date) as try_cast(date as timestamp);

-- Of two versions of one day the one published later counts. What moved stands in two files, and its new place counts.
create temp table last_address as
    select distinct on (uprn) * from changed_address
    order by uprn, moment(versiondate) desc nulls last, moment(versionavailablefromdate) desc nulls last,
        lower(changetype) = 'moved to a different feature type', position desc;

create temp table last_royal_mail_address as
    select distinct on (udprn) * from changed_royal_mail_address
    order by udprn, moment(versiondate) desc nulls last, moment(versionavailablefromdate) desc nulls last, position desc;

create view applied_address as
    select * from held_address anti join last_address using (uprn)
    union all by name
    select * from last_address where not is_end(changetype);

create view applied_royal_mail_address as
    select * from held_royal_mail_address anti join last_royal_mail_address using (udprn)
    union all by name
    select * from last_royal_mail_address where not is_end(changetype);

-- Each belongs to a version of its feature, so that those of changed premises are the ones of the version that counts.
create view last_alternate_address as
    select distinct on (alternateaddressid) changed.*
    from changed_alternate_address as changed
    join last_address on last_address.uprn = changed.uprn
        and coalesce(moment(featuretypeversiondate) = moment(last_address.versiondate), true)
    where not is_end(last_address.changetype)
    order by alternateaddressid, changed.position desc;

create view applied_alternate_address as
    select * from held_alternate_address anti join last_address using (uprn)
    union all by name
    from last_alternate_address;

-- What is kept beside the features that an index was built of; an end is kept too, since it says that one of them is gone.
create view since_address as
    select * from earlier_address anti join last_address using (uprn)
    union all by name
    from last_address;

create view since_royal_mail_address as
    select * from earlier_royal_mail_address anti join last_royal_mail_address using (udprn)
    union all by name
    from last_royal_mail_address;

create view since_alternate_address as
    select * from earlier_alternate_address anti join last_address using (uprn)
    union all by name
    from last_alternate_address;

create view meant as
    select uprn as identifier, any_value(position) as position from changed_address
    group by uprn having not bool_or(is_beginning(changetype))
    union all
    select udprn, any_value(position) from changed_royal_mail_address
    group by udprn having not bool_or(is_beginning(changetype));

create view unheld as
    select * from meant
    where identifier not in (select uprn from held_address) and identifier not in (select udprn from held_royal_mail_address);
