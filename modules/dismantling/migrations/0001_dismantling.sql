create schema dismantling;

create table dismantling.teardown (
  org_id int not null,
  id text not null,
  code text not null,
  state text not null check (state in ('open', 'finished')),
  core_id text not null,
  core_code text not null,
  core_epc text not null,
  part jsonb not null,
  bom_version int not null,
  core_mass_g int not null check (core_mass_g > 0),
  residue_g numeric(14, 3) not null default 0,
  tolerance_pct numeric(5, 2) not null,
  explanation text,
  event_id text,
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, core_id)
);
create index teardown_state on dismantling.teardown (org_id, state, id desc);
select zaizao.protect('dismantling.teardown', 'tenant');

create table dismantling.teardown_line (
  org_id int not null,
  teardown_id text not null,
  pos int not null,
  part jsonb not null,
  expected_qty int not null check (expected_qty >= 0),
  policy text not null,
  serialised boolean not null,
  outcome text not null check (outcome in ('pending', 'found', 'missing', 'broken', 'unknown')),
  found_qty int not null default 0 check (found_qty >= 0),
  piece_g numeric(14, 3) not null,
  mass_g numeric(14, 3) not null default 0,
  mass_measured boolean not null default false,
  extra boolean not null default false,
  stream text not null,
  damages jsonb not null default '[]',
  primary key (org_id, teardown_id, pos),
  foreign key (org_id, teardown_id) references dismantling.teardown (org_id, id)
);
select zaizao.protect('dismantling.teardown_line', 'tenant');

create table dismantling.component (
  org_id int not null,
  id text not null,
  code text not null,
  epc text not null,
  state text not null check (state in ('found','cleaned','inspected','reuse','restore','restored','installed','recycle')),
  part_id text not null,
  part jsonb not null,
  pos int,
  teardown_id text not null,
  core_id text not null,
  core_code text not null,
  donor jsonb,
  qty int not null check (qty > 0),
  serialised boolean not null,
  mass_g numeric(14, 3) not null check (mass_g >= 0),
  lives int not null default 1,
  restored_times int not null default 0,
  damages jsonb not null default '[]',
  stream text not null,
  place text,
  unit_id text,
  split_from text,
  created_at timestamptz not null,
  ended_at timestamptz,
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, teardown_id) references dismantling.teardown (org_id, id),
  check (not serialised or qty = 1),
  check ((state = 'installed') = (unit_id is not null))
);
create index component_state on dismantling.component (org_id, state, id desc);
create index component_part on dismantling.component (org_id, part_id, state, id);
create index component_core on dismantling.component (org_id, core_id);
create index component_unit on dismantling.component (org_id, unit_id) where unit_id is not null;
select zaizao.protect('dismantling.component', 'tenant');

create table dismantling.cleaning (
  org_id int not null,
  id text not null,
  code text not null,
  method text not null,
  state text not null check (state in ('running', 'good', 'repeat')),
  machine text,
  parameters jsonb not null,
  consumption jsonb not null default '{}',
  component_ids text[] not null,
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (org_id, id)
);
create index cleaning_running on dismantling.cleaning using gin (component_ids) where state = 'running';
create index cleaning_state on dismantling.cleaning (org_id, state, id desc);
select zaizao.protect('dismantling.cleaning', 'tenant');
