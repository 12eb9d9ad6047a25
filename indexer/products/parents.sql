-- Parents that cannot be: where the record stands, and what is wrong with it.
-- Reads registered: uprn, parent_uprn and position of each premises; makes faulty_parent and link.
create temp table faulty_parent as
    select uprn, parent_uprn, position, 'parent is the premises itself' as what
    from registered where parent_uprn = uprn
    union all
    select uprn, parent_uprn, position, 'parent is not in the supply' as what
    from registered where parent_uprn is not null and parent_uprn not in (select uprn from registered);

-- What remains of the links from children to parents once no leaf and no root is left to be taken away is a circle.
create temp table link as
    select uprn, parent_uprn, position from registered
    where parent_uprn is not null and uprn not in (select uprn from faulty_parent);
