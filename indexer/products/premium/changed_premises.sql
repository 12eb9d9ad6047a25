-- What changes name, for the premises of which a text may be other (../touched.sql).
-- Reads the views held_NAME and changed_NAME of each type, and the tables former_NAME of the held records that are changed.
create temp table changed_premises as
    select uprn from changed_blpu
    union select uprn from former_blpu
    union select uprn from changed_lpi
    union select uprn from former_lpi
    union select uprn from changed_delivery_point
    union select uprn from former_delivery_point
    union select uprn from changed_organisation
    union select uprn from former_organisation
    union select uprn from changed_classification
    union select uprn from former_classification
    union select uprn from held_lpi where usrn in (select usrn from changed_street_descriptor);

create temp table parent_link as
    select uprn, parent_uprn from held_blpu where parent_uprn is not null
    union
    select uprn, parent_uprn from changed_blpu where parent_uprn is not null;

create view changed_parents as select uprn from changed_blpu;
