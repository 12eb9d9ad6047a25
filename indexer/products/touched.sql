-- The premises of which a text may be other after changes, as touched.
-- Reads changed_premises, those that changes name; changed_parents, those of which the record itself changed; and parent_link.
-- What is known of a parent is known of its children, and parents in a circle of each other.
create temp table touched as
    with recursive reached as (
        from (
            select uprn from changed_premises
            union
            select uprn from parent_link where parent_uprn in (from changed_parents)
        )
        union
        select parent_uprn from parent_link join reached using (uprn)
    )
    from reached where uprn is not null;
