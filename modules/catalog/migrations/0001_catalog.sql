-- Part types, numbers, bills of material, routes, characteristics, programmes. What carries a
-- verdict or a price is never overwritten: a change is a new version, and the old one stays.

create schema catalog;

create table catalog.part (
  org_id int not null,
  id text not null,
  number text not null,
  norm text not null,
  kind text not null check (kind in ('product', 'component', 'consumable')),
  family text not null,
  name_zh text not null,
  name_en text not null,
  gtin text check (gtin ~ '^[0-9]{14}$'),
  mass_g numeric(12, 3) check (mass_g > 0),
  new_price_fen bigint check (new_price_fen >= 0),
  photo text check (photo ~ '^[0-9a-f]{64}$'),
  needs_coding boolean not null default false,
  vin_bound boolean not null default false,
  restricted boolean not null default false,
  active boolean not null default true,
  basis text not null default '',
  version int not null default 1,
  updated_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, norm)
);
create index part_list on catalog.part (org_id, number, id);
create index part_family on catalog.part (org_id, family, number);
create unique index part_gtin on catalog.part (org_id, gtin) where gtin is not null;
select zaizao.protect('catalog.part', 'tenant');

-- Numbers under which others know a part. One number may belong to several parts.
create table catalog.part_number (
  org_id int not null,
  part_id text not null,
  kind text not null check (kind in ('oe', 'aftermarket', 'reman', 'internal')),
  norm text not null,
  number text not null,
  maker text not null default '',
  basis text not null default '',
  primary key (org_id, part_id, kind, norm),
  foreign key (org_id, part_id) references catalog.part (org_id, id)
);
create index part_number_norm on catalog.part_number (org_id, norm);
select zaizao.protect('catalog.part_number', 'tenant');

-- Number to number: `supersession` reads "to_norm replaces from_norm"; `interchange` has no direction.
create table catalog.number_link (
  org_id int not null,
  from_norm text not null,
  to_norm text not null,
  relation text not null check (relation in ('supersession', 'interchange')),
  from_number text not null,
  to_number text not null,
  needs_coding boolean not null default false,
  vin_bound boolean not null default false,
  valid_from date,
  basis text not null default '',
  primary key (org_id, from_norm, to_norm, relation),
  check (from_norm <> to_norm)
);
create index number_link_back on catalog.number_link (org_id, to_norm);
select zaizao.protect('catalog.number_link', 'tenant');

-- A document of a part that is replaced as a whole: its bill of material, its route.
create table catalog.revision (
  org_id int not null,
  part_id text not null,
  doc text not null check (doc in ('bom', 'route')),
  version int not null check (version > 0),
  created_at timestamptz not null,
  created_by text not null,
  note text not null default '',
  primary key (org_id, part_id, doc, version),
  foreign key (org_id, part_id) references catalog.part (org_id, id)
);
select zaizao.protect('catalog.revision', 'append');

create table catalog.bom_item (
  org_id int not null,
  part_id text not null,
  version int not null,
  pos int not null check (pos > 0),
  component_id text not null,
  qty int not null check (qty > 0),
  policy text not null check (policy in ('inspect-reuse', 'inspect-repair', 'replace', 'consumable')),
  reuse_pct numeric(6, 2) check (reuse_pct between 0 and 100),
  restore_pct numeric(6, 2) check (restore_pct between 0 and 100),
  replace_pct numeric(6, 2) check (replace_pct between 0 and 100),
  critical boolean not null default false,
  serialised boolean not null default false,
  basis text not null default '',
  primary key (org_id, part_id, version, pos),
  foreign key (org_id, component_id) references catalog.part (org_id, id),
  check (reuse_pct + restore_pct + replace_pct = 100 or reuse_pct is null)
);
create index bom_where_used on catalog.bom_item (org_id, component_id);
select zaizao.protect('catalog.bom_item', 'append');

create table catalog.route_step (
  org_id int not null,
  part_id text not null,
  version int not null,
  seq int not null check (seq > 0),
  code text not null,
  name_zh text not null,
  name_en text not null,
  station_kind text not null,
  station text not null default '',
  std_seconds int check (std_seconds >= 0),
  condition text not null default '',
  on_fail int,
  max_rework int check (max_rework between 1 and 9),
  method text not null default '',
  instruction_zh text not null default '',
  instruction_en text not null default '',
  records text not null default '',
  basis text not null default '',
  primary key (org_id, part_id, version, seq),
  check ((on_fail is null) = (max_rework is null)),
  check (on_fail <= seq)
);
select zaizao.protect('catalog.route_step', 'append');

create table catalog.characteristic (
  org_id int not null,
  id text not null,
  part_id text not null,
  code text not null,
  purpose text not null check (purpose in ('inspection', 'test', 'both')),
  seq int not null default 0,
  name_zh text not null,
  name_en text not null,
  component_pos int,
  component_id text,
  unit text not null,
  method text not null default '',
  instrument_kind text not null default '',
  condition text not null default '',
  severity text not null check (severity in ('critical', 'major', 'minor')),
  active boolean not null default true,
  basis text not null default '',
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, part_id, code),
  foreign key (org_id, part_id) references catalog.part (org_id, id),
  foreign key (org_id, component_id) references catalog.part (org_id, id)
);
create index characteristic_component on catalog.characteristic (org_id, component_id);
select zaizao.protect('catalog.characteristic', 'tenant');

create table catalog.characteristic_limit (
  org_id int not null,
  characteristic_id text not null,
  level text not null check (level in ('national', 'enterprise', 'customer')),
  customer text not null default '',
  version int not null check (version > 0),
  min numeric,
  max numeric,
  valid_from date not null,
  source text not null,
  created_at timestamptz not null,
  primary key (org_id, characteristic_id, level, customer, version),
  foreign key (org_id, characteristic_id) references catalog.characteristic (org_id, id),
  check (min is not null or max is not null),
  check (min <= max),
  check ((level = 'customer') = (customer <> ''))
);
select zaizao.protect('catalog.characteristic_limit', 'append');

create table catalog.programme (
  org_id int not null,
  id text not null,
  part_id text not null,
  code text not null,
  version int not null check (version > 0),
  valid_from date not null,
  valid_to date,
  window_days int not null check (window_days between 1 and 3660),
  start_event text not null check (start_event in ('invoice', 'delivery', 'installation', 'month-end')),
  quota jsonb not null,
  deposit_fen bigint not null check (deposit_fen >= 0),
  criteria jsonb not null,
  grades jsonb not null,
  basis text not null default '',
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, part_id, code, version),
  foreign key (org_id, part_id) references catalog.part (org_id, id),
  check (valid_to is null or valid_to >= valid_from)
);
create index programme_current on catalog.programme (org_id, part_id, valid_from desc, version desc);
select zaizao.protect('catalog.programme', 'append');

-- The rules as suppliers see them: one row a programme version.
create table catalog.notice (
  org_id int not null,
  programme_id text not null,
  org_name text not null,
  part_number text not null,
  norm text not null,
  part_zh text not null,
  part_en text not null,
  family text not null,
  valid_from date not null,
  valid_to date,
  body jsonb not null,
  primary key (org_id, programme_id)
);
create index notice_number on catalog.notice (norm);
select zaizao.protect('catalog.notice', 'published');

create table catalog.defect (
  org_id int not null,
  part_id text not null,
  code text not null,
  name_zh text not null,
  name_en text not null,
  mode text not null check (mode in ('wear', 'corrosion', 'fracture', 'deformation', 'electrical',
    'thermal', 'contamination', 'missing', 'other')),
  component_pos int,
  rate_pct numeric(6, 3) check (rate_pct between 0 and 100),
  per text not null check (per in ('core', 'unit', 'warranty')),
  basis text not null default '',
  primary key (org_id, part_id, code),
  foreign key (org_id, part_id) references catalog.part (org_id, id)
);
select zaizao.protect('catalog.defect', 'tenant');

create table catalog.price (
  org_id int not null,
  part_id text not null,
  kind text not null check (kind in ('new-retail', 'reman-retail', 'ex-works', 'repair-service', 'scrap')),
  valid_from date not null,
  fen bigint not null check (fen >= 0),
  basis text not null default '',
  primary key (org_id, part_id, kind, valid_from),
  foreign key (org_id, part_id) references catalog.part (org_id, id)
);
select zaizao.protect('catalog.price', 'tenant');

-- Figures of the plant as a whole, and where figures come from.
create table catalog.fact (
  org_id int not null,
  key text not null,
  name_zh text not null,
  name_en text not null,
  value text not null,
  unit text not null default '',
  basis text not null default '',
  primary key (org_id, key)
);
select zaizao.protect('catalog.fact', 'tenant');

create table catalog.source (
  org_id int not null,
  key text not null,
  reference text not null,
  primary key (org_id, key)
);
select zaizao.protect('catalog.source', 'tenant');

create table catalog.import (
  org_id int not null,
  id text not null,
  no int not null,
  file_name text not null,
  file_sha256 text not null,
  state text not null check (state in ('checking', 'refused', 'ready', 'committing', 'committed', 'discarded')),
  report jsonb,
  job text,
  created_at timestamptz not null,
  created_by text not null,
  committed_at timestamptz,
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, no)
);
select zaizao.protect('catalog.import', 'tenant', system_too => true);
