-- A unit in its package, under the number of the parcel. Packed anew, the parcel before is opened.
create table production.parcel (
  org_id int not null,
  id text not null,
  sscc text not null check (sscc ~ '^[0-9]{18}$'),
  unit_id text not null,
  part_id text not null,
  spec_version int not null check (spec_version > 0),
  checks jsonb not null,
  photo text not null check (photo ~ '^[0-9a-f]{64}$'),
  gross_g numeric not null check (gross_g > 0),
  event_id text not null,
  packed_by text not null,
  packed_at timestamptz not null,
  opened_at timestamptz,
  primary key (org_id, id),
  unique (org_id, sscc),
  foreign key (org_id, unit_id) references production.unit (org_id, id)
);
create unique index parcel_of_unit on production.parcel (org_id, unit_id) where opened_at is null;
select zaizao.protect('production.parcel', 'tenant');

-- What was taken out of a finished assembly during rework and what was put in its place.
create table production.exchange (
  org_id int not null,
  id text not null,
  unit_id text not null,
  order_id text not null,
  pos int not null,
  part jsonb not null,
  qty int not null check (qty > 0),
  taken_out jsonb not null,
  put_in jsonb not null,
  reason text not null,
  by_whom text not null,
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, unit_id) references production.unit (org_id, id),
  foreign key (org_id, order_id) references production.work_order (org_id, id)
);
create index exchange_unit on production.exchange (org_id, unit_id, id);
select zaizao.protect('production.exchange', 'append');
create index unit_assembled on production.unit (org_id, assembled_at);
