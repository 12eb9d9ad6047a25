-- What the records say of each other and is not so: where it stands, what it is, and the identifier that is not there.
select position, what, parent_uprn as identifier from faulty_parent
union all
select position, 'street is not in the supply', usrn from lpi where usrn not in (select usrn from street_descriptor)
union all
select position, 'premises is not in the supply', uprn
from (select position, uprn from lpi union all select position, uprn from delivery_point)
where uprn not in (select uprn from blpu)
union all
select position, 'premises without a text', uprn from blpu
where uprn not in (select uprn from lpi) and uprn not in (select uprn from delivery_point)
order by position, what
