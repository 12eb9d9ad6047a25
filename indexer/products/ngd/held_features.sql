-- The features that an index keeps: those that it was built of, and in their places the last version of each that changed since.
-- Reads built_NAME and earlier_NAME of each feature type; makes held_NAME. An alternate address goes with the version of its feature.
create view held_address as
    select * from built_address anti join earlier_address using (uprn)
    union all by name
    select * from earlier_address where not is_end(changetype);

create view held_royal_mail_address as
    select * from built_royal_mail_address anti join earlier_royal_mail_address using (udprn)
    union all by name
    select * from earlier_royal_mail_address where not is_end(changetype);

create view held_alternate_address as
    select * from built_alternate_address anti join earlier_address using (uprn)
    union all by name
    from earlier_alternate_address;
