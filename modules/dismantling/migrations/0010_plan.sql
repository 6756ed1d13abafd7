-- The teardown plan: what was reckoned, what came of it, what a person decided; joints worked on by
-- people and by stations; studies of lines and crews; the check of a vehicle; where its mass went.

alter table dismantling.teardown_line drop constraint teardown_line_outcome_check;
alter table dismantling.teardown_line add constraint teardown_line_outcome_check
  check (outcome in ('pending', 'found', 'missing', 'broken', 'unknown', 'left'));
create index teardown_line_part on dismantling.teardown_line (org_id, (part ->> 'id'), teardown_id desc);
create index teardown_core_code on dismantling.teardown (org_id, core_code);
create index component_recent on dismantling.component (org_id, part_id, id desc);

-- Money, times and shares that plans reckon with; a change is a new version.
create table dismantling.rates (
  org_id int not null,
  version int not null check (version > 0),
  figures jsonb not null,
  note text not null default '',
  made_by text not null,
  made_at timestamptz not null,
  primary key (org_id, version)
);
select zaizao.protect('dismantling.rates', 'append');

-- What a planner says of the demand for a part: how many are wanted, what a good one brings.
create table dismantling.demand (
  org_id int not null,
  part_id text not null,
  part jsonb not null,
  wanted int check (wanted >= 0),
  good_fen bigint check (good_fen >= 0),
  note text not null default '',
  updated_by text not null,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (org_id, part_id)
);
select zaizao.protect('dismantling.demand', 'tenant');

-- A plan and each that replaced it. The first of a core holds the whole problem (`base`); the others
-- name it and hold what was found since. Nothing in it is ever changed: it can be solved again.
create table dismantling.plan (
  org_id int not null,
  id text not null,
  core_id text not null,
  core_code text not null,
  part jsonb not null,
  teardown_id text,
  no int not null check (no > 0),
  base_id text not null,
  base jsonb,
  known jsonb not null,
  cause jsonb,
  change jsonb,
  result jsonb not null,
  alternatives jsonb not null,
  worth numeric(16, 2) not null,
  as_is numeric(16, 2) not null,
  bound numeric(16, 2) not null,
  engine text not null,
  digest text not null,
  made_by text not null,
  made_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, core_id, no),
  foreign key (org_id, base_id) references dismantling.plan (org_id, id),
  foreign key (org_id, teardown_id) references dismantling.teardown (org_id, id),
  check ((base is not null) = (base_id = id))
);
create index plan_teardown on dismantling.plan (org_id, teardown_id, no desc);
select zaizao.protect('dismantling.plan', 'append');

create table dismantling.plan_decision (
  org_id int not null,
  id text not null,
  plan_id text not null,
  decision text not null check (decision in ('follow', 'deviate')),
  reason text not null default '',
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, plan_id) references dismantling.plan (org_id, id),
  check (decision = 'follow' or reason <> '')
);
create index plan_decision_plan on dismantling.plan_decision (org_id, plan_id, id desc);
select zaizao.protect('dismantling.plan_decision', 'append');

-- One joint worked on: undone, seized, or destroyed; by a person or by a tool station.
create table dismantling.joint_record (
  org_id int not null,
  id text not null,
  teardown_id text not null,
  core_code text not null,
  joint text not null,
  name jsonb not null,
  outcome text not null check (outcome in ('undone', 'seized', 'destroyed')),
  source text not null check (source in ('person', 'station')),
  station text not null default '',
  tool text not null default '',
  torque_nm numeric(12, 3),
  angle_deg numeric(12, 2),
  seconds numeric(12, 2),
  curve jsonb,
  note text not null default '',
  photo text,
  made_by text not null,
  made_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, teardown_id) references dismantling.teardown (org_id, id)
);
create index joint_record_teardown on dismantling.joint_record (org_id, teardown_id, id);
create index joint_record_time on dismantling.joint_record (org_id, made_at);
select zaizao.protect('dismantling.joint_record', 'append');

-- A line balance or a crew’s schedule: the problem, who asked, and the answer once it is there.
create table dismantling.study (
  org_id int not null,
  id text not null,
  kind text not null check (kind in ('line', 'crew')),
  part jsonb not null,
  core_id text,
  title text not null,
  problem jsonb not null,
  words jsonb not null,
  seed int not null,
  iterations int not null,
  state text not null check (state in ('queued', 'done', 'failed')),
  result jsonb,
  failure jsonb,
  job text,
  made_by text not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, id),
  check ((state = 'done') = (result is not null))
);
create index study_list on dismantling.study (org_id, kind, id desc);
select zaizao.protect('dismantling.study', 'tenant');

-- The check of a whole vehicle or machine before its teardown: every zone, every item, photos.
create table dismantling.vehicle_check (
  org_id int not null,
  id text not null,
  core_id text not null,
  core_code text not null,
  part jsonb not null,
  answers jsonb not null,
  mileage_km int check (mileage_km >= 0),
  note text not null default '',
  made_by text not null,
  made_at timestamptz not null,
  primary key (org_id, id)
);
create index vehicle_check_core on dismantling.vehicle_check (org_id, core_id, id desc);
select zaizao.protect('dismantling.vehicle_check', 'append');

-- What left by stream after a teardown: sold, shredded, melted, handed to the hazardous-waste firm.
create table dismantling.outflow (
  org_id int not null,
  id text not null,
  teardown_id text not null,
  stream text not null,
  kind text not null check (kind in ('sold', 'remanufactured', 'shredded', 'metal', 'hazardous', 'residue', 'yard')),
  mass_g numeric(14, 3) not null check (mass_g > 0),
  receiver text not null,
  document text not null default '',
  note text not null default '',
  made_by text not null,
  made_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, teardown_id) references dismantling.teardown (org_id, id)
);
create index outflow_teardown on dismantling.outflow (org_id, teardown_id, id);
select zaizao.protect('dismantling.outflow', 'append');
