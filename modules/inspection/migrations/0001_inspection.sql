create schema inspection;

create table inspection.inspection (
  org_id int not null,
  id text not null,
  code text not null,
  state text not null check (state in ('open', 'decided')),
  round int not null,
  component_id text not null,
  component jsonb not null,
  product_id text not null,
  policy text not null,
  visual_good boolean not null default true,
  visual_note text,
  proposal jsonb,
  disposition text check (disposition in ('reuse', 'remanufacture', 'recycle')),
  rule text,
  reason jsonb,
  override_reason text,
  decided_by text,
  decided_at timestamptz,
  event_id text,
  started_by text not null,
  started_at timestamptz not null,
  primary key (org_id, id),
  check ((state = 'decided') = (disposition is not null))
);
create index inspection_component on inspection.inspection (org_id, component_id, id desc);
create index inspection_state on inspection.inspection (org_id, state, id desc);
create unique index inspection_one_open on inspection.inspection (org_id, component_id) where state = 'open';
select zaizao.protect('inspection.inspection', 'tenant');

-- Every value ever typed; the newest of a characteristic counts. Judged limits are kept with it.
create table inspection.measurement (
  org_id int not null,
  inspection_id text not null,
  id text not null,
  characteristic_id text not null,
  code text not null,
  value numeric not null,
  unit text not null,
  instrument_id text,
  verdict text not null check (verdict in ('pass', 'fail', 'unlimited')),
  judged jsonb not null,
  by_whom text not null,
  at timestamptz not null,
  primary key (org_id, inspection_id, id),
  foreign key (org_id, inspection_id) references inspection.inspection (org_id, id)
);
create index measurement_of on inspection.measurement (org_id, characteristic_id, at desc);
select zaizao.protect('inspection.measurement', 'append');

create table inspection.ndt (
  org_id int not null,
  inspection_id text not null,
  id text not null,
  method text not null,
  indication boolean not null,
  kind text,
  place text,
  size_mm numeric,
  photo text,
  instrument_id text,
  note text,
  by_whom text not null,
  at timestamptz not null,
  primary key (org_id, inspection_id, id),
  foreign key (org_id, inspection_id) references inspection.inspection (org_id, id)
);
select zaizao.protect('inspection.ndt', 'append');
