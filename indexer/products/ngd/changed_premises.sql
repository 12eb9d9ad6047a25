-- What changes name, for the premises of which a text may be other (../touched.sql).
-- Reads held_NAME and changed_NAME of each feature type, the tables of last versions, and address as it is after the changes.
create macro premises_of(uprn, udprn) as coalesce(uprn, 'udprn-' || udprn);

create temp table changed_premises as
    select uprn from last_address
    union select uprn from changed_alternate_address
    union select premises_of(uprn, udprn) from last_royal_mail_address
    union select premises_of(uprn, udprn) from held_royal_mail_address semi join last_royal_mail_address using (udprn);

create temp table parent_link as
    select uprn, parentuprn as parent_uprn from held_address where parentuprn is not null
    union
    select uprn, parentuprn from address where parentuprn is not null;

create view changed_parents as select uprn from last_address;
