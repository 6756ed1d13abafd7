-- What a customer was promised and what the plan says: the floor follows the published plan.
alter table production.work_order
  add column due_at timestamptz,
  add column due_firm boolean not null default false,
  add column not_before timestamptz,
  add column priority int not null default 2 check (priority between 1 and 5),
  add column customer text not null default '';
alter table production.operation
  add column planned_start timestamptz,
  add column planned_end timestamptz,
  add column planned_station_id text,
  add column plan_id text,
  add column programme jsonb;
create index operation_planned on production.operation (org_id, planned_start, id)
  where planned_start is not null;
create index operation_measured on production.operation (org_id, finished_at)
  where finished_at is not null;

-- A machine's programme for a step of a route; its versions fit windows of the dimension measured before.
create table production.nc_programme (
  org_id int not null,
  id text not null,
  code text not null,
  step_code text not null,
  name text not null,
  dimension text not null,
  unit text not null,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, code)
);
create index nc_programme_step on production.nc_programme (org_id, step_code);
select zaizao.protect('production.nc_programme', 'tenant');

create table production.nc_version (
  org_id int not null,
  programme_id text not null,
  no int not null check (no >= 1),
  low numeric not null,
  high numeric not null,
  parameters jsonb not null,
  file_sha256 text,
  note text not null default '',
  made_at timestamptz not null,
  made_by text not null,
  primary key (org_id, programme_id, no),
  foreign key (org_id, programme_id) references production.nc_programme (org_id, id),
  check (low < high)
);
select zaizao.protect('production.nc_version', 'append');
