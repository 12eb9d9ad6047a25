-- Numbers of houses and flats. An empty field is NULL, so that concat passes over it.

create macro house_number(start_number, start_suffix, end_number, end_suffix) as
    case when start_number is not null
        then concat(start_number, start_suffix, case when end_number is not null then concat('-', end_number, end_suffix) end)
    end;

-- A building name that is a number, 14A or 61-65, stands before the street as a number does.
create macro is_number(name) as regexp_full_match(name, '[0-9]+[A-Z]?([-/][0-9]+[A-Z]?)?');
create macro number_behind_name(name) as
    case when not regexp_matches(name, '(^| )(UNITS?|FLATS?|SUITES?|ROOMS?|BLOCKS?|SHOPS?|STALLS?|PLOT|PHASE|NO) [0-9]')
        then nullif(regexp_extract(name, '^.*[A-Z].* ([0-9]+[A-Z]?([-/][0-9]+[A-Z]?)?)$', 1), '')
    end;
