-- What a new product of the kind is tested against, and how a product is packed. Both are documents of a
-- part that are replaced as a whole; what stood stays readable.
create table catalog.new_plan (
  org_id int not null,
  part_id text not null,
  version int not null check (version > 0),
  source text not null,
  items jsonb not null,
  note text not null default '',
  created_by text not null,
  created_at timestamptz not null,
  primary key (org_id, part_id, version),
  foreign key (org_id, part_id) references catalog.part (org_id, id)
);
select zaizao.protect('catalog.new_plan', 'append');

create table catalog.package_spec (
  org_id int not null,
  part_id text not null,
  version int not null check (version > 0),
  body jsonb not null,
  note text not null default '',
  created_by text not null,
  created_at timestamptz not null,
  primary key (org_id, part_id, version),
  foreign key (org_id, part_id) references catalog.part (org_id, id)
);
select zaizao.protect('catalog.package_spec', 'append');
