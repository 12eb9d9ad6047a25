-- What the code list changetypevalue of OS NGD says of a version of a feature.

create macro is_end(changetype) as
    coalesce(lower(changetype) in ('end of life', 'moved to a different feature type'), false);

create macro is_beginning(changetype) as coalesce(lower(changetype) in ('new', 'moved from a different feature type'), false);

create macro is_known(changetype) as
    is_end(changetype) or is_beginning(changetype)
    or coalesce(lower(changetype) in ('modified attributes', 'modified geometry', 'modified geometry and attributes'), false);

create macro published_on(available_from) as try_cast(try_cast(available_from as timestamp) as date)::varchar;
