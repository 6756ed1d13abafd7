create schema production;

create table production.station (
  org_id int not null,
  id text not null,
  code text not null,
  name text not null,
  kind text not null,
  line text not null default '',
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, code)
);
select zaizao.protect('production.station', 'tenant');

create table production.work_order (
  org_id int not null,
  id text not null,
  code text not null,
  kind text not null check (kind in ('restore', 'assemble', 'rework')),
  state text not null check (state in ('released', 'started', 'done', 'failed', 'cancelled')),
  product jsonb not null,
  product_id text not null,
  component jsonb,
  component_id text,
  unit_id text,
  route_version int,
  bom_version int,
  created_by text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (org_id, id),
  unique (org_id, code),
  check ((kind = 'restore') = (component_id is not null))
);
create index work_order_state on production.work_order (org_id, state, id desc);
create unique index work_order_one_restore on production.work_order (org_id, component_id)
  where kind = 'restore' and state in ('released', 'started');
select zaizao.protect('production.work_order', 'tenant');

create table production.operation (
  org_id int not null,
  id text not null,
  order_id text not null,
  seq int not null,
  round int not null default 1,
  code text not null,
  name jsonb not null,
  station_kind text not null,
  station text not null default '',
  std_seconds int,
  method text not null default '',
  instruction jsonb not null,
  records text not null default '',
  on_fail int,
  max_rework int not null default 2,
  state text not null check (state in ('waiting', 'started', 'paused', 'done', 'failed')),
  station_id text,
  by_whom text,
  started_at timestamptz,
  resumed_at timestamptz,
  finished_at timestamptz,
  active_seconds int not null default 0,
  recorded jsonb not null default '[]',
  consumption jsonb not null default '[]',
  energy_kwh numeric,
  defect text,
  note text,
  primary key (org_id, id),
  unique (org_id, order_id, seq, round),
  foreign key (org_id, order_id) references production.work_order (org_id, id)
);
create index operation_queue on production.operation (org_id, state, station_kind, id);
select zaizao.protect('production.operation', 'tenant');

create table production.slot (
  org_id int not null,
  order_id text not null,
  pos int not null,
  part jsonb not null,
  part_id text not null,
  qty int not null check (qty > 0),
  policy text not null,
  piece_g numeric not null,
  primary key (org_id, order_id, pos),
  foreign key (org_id, order_id) references production.work_order (org_id, id)
);
select zaizao.protect('production.slot', 'tenant');

create table production.fill (
  org_id int not null,
  order_id text not null,
  id text not null,
  pos int not null,
  origin text not null check (origin in ('reused', 'restored', 'new')),
  qty int not null check (qty > 0),
  component_id text,
  component jsonb,
  lot text,
  mass_g numeric not null,
  at timestamptz not null,
  by_whom text not null,
  primary key (org_id, order_id, id),
  foreign key (org_id, order_id, pos) references production.slot (org_id, order_id, pos),
  check ((origin = 'new') = (component_id is null))
);
-- A component is in one place at a time.
create unique index fill_component on production.fill (org_id, component_id) where component_id is not null;
select zaizao.protect('production.fill', 'tenant');

create table production.unit (
  org_id int not null,
  id text not null,
  serial text not null,
  epc text not null,
  state text not null check (state in ('assembled','tested','rework','finished','certified','available',
    'reserved','sold','shipped','installed','in-service','returned','scrapped')),
  part_id text not null,
  part jsonb not null,
  life int not null check (life >= 2),
  mass_g numeric not null,
  order_id text not null,
  previous_cores jsonb not null,
  place text,
  event_id text not null,
  assembled_at timestamptz not null,
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, serial),
  foreign key (org_id, order_id) references production.work_order (org_id, id)
);
create index unit_state on production.unit (org_id, state, id desc);
create index unit_part on production.unit (org_id, part_id, state, id);
create index unit_epc on production.unit (org_id, epc);
select zaizao.protect('production.unit', 'tenant');
