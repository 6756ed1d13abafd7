create schema planning;

-- One row a plant: how it plans. Without a row the defaults hold.
create table planning.setting (
  org_id int not null,
  id text not null check (id = 'plant'),
  transport_seconds int not null check (transport_seconds between 0 and 86400),
  freeze_minutes int not null check (freeze_minutes between 0 and 10080),
  horizon_days int not null check (horizon_days between 7 and 120),
  per_shift numeric not null check (per_shift >= 0),
  per_move numeric not null check (per_move >= 0),
  iterations int not null check (iterations between 100 and 5000000),
  deadline_seconds int not null check (deadline_seconds between 1 and 600),
  version int not null default 1,
  primary key (org_id, id)
);
select zaizao.protect('planning.setting', 'tenant');

-- Shifts of the week and the days that differ. Minutes count from midnight of the plant's zone.
create table planning.calendar (
  org_id int not null,
  id text not null,
  name text not null,
  site_id text,
  shifts jsonb not null,
  days jsonb not null,
  is_default boolean not null,
  version int not null default 1,
  primary key (org_id, id)
);
create unique index calendar_default on planning.calendar (org_id) where is_default;
select zaizao.protect('planning.calendar', 'tenant');

-- What planning knows of a station beyond its kind.
create table planning.station_rule (
  org_id int not null,
  station_id text not null,
  calendar_id text,
  steps text[] not null,
  attended boolean not null,
  batch_capacity int check (batch_capacity between 1 and 10000),
  setup_seconds int not null check (setup_seconds between 0 and 86400),
  in_use boolean not null,
  version int not null default 1,
  primary key (org_id, station_id),
  foreign key (org_id, calendar_id) references planning.calendar (org_id, id)
);
select zaizao.protect('planning.station_rule', 'tenant');

create table planning.person (
  org_id int not null,
  id text not null,
  name text not null,
  skills text[] not null,
  calendar_id text,
  active boolean not null,
  version int not null default 1,
  primary key (org_id, id),
  foreign key (org_id, calendar_id) references planning.calendar (org_id, id)
);
select zaizao.protect('planning.person', 'tenant');

-- A station that is down or lent, a person who is away.
create table planning.closure (
  org_id int not null,
  id text not null,
  kind text not null check (kind in ('station', 'person')),
  subject_id text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  reason text not null,
  request_id text,
  made_by text not null,
  primary key (org_id, id),
  check (from_at < to_at)
);
create index closure_time on planning.closure (org_id, to_at);
select zaizao.protect('planning.closure', 'tenant');

create table planning.plan (
  org_id int not null,
  id text not null,
  code text not null,
  kind text not null check (kind in ('plan', 'what-if', 'edit')),
  state text not null check (state in ('solving', 'proposed', 'infeasible', 'changed', 'published', 'refused', 'superseded')),
  name text not null,
  basis_id text,
  wishes jsonb not null,
  job_id text,
  origin timestamptz not null,
  problem jsonb,
  board jsonb,
  seed int not null,
  iterations int not null,
  deadline_seconds int not null,
  engine text,
  assignments jsonb,
  value double precision,
  bound double precision,
  ending text,
  iterations_done int,
  seconds double precision,
  figures jsonb,
  baseline jsonb,
  forecast jsonb,
  explanation jsonb,
  conflict jsonb,
  made_at timestamptz not null,
  made_by text not null,
  published_at timestamptz,
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, basis_id) references planning.plan (org_id, id)
);
create index plan_recent on planning.plan (org_id, id desc);
create unique index plan_one_published on planning.plan (org_id) where state = 'published';
select zaizao.protect('planning.plan', 'tenant');

-- What people decided about a plan, and why.
create table planning.decision (
  org_id int not null,
  id text not null,
  plan_id text not null,
  verdict text not null check (verdict in ('accepted', 'changed', 'refused')),
  reason text not null,
  at timestamptz not null,
  by_whom text not null,
  primary key (org_id, id),
  foreign key (org_id, plan_id) references planning.plan (org_id, id)
);
create index decision_plan on planning.decision (org_id, plan_id, id);
select zaizao.protect('planning.decision', 'append');

-- Runs on a stored plan: discrete-event simulations, and repetitions of the solve.
create table planning.run (
  org_id int not null,
  id text not null,
  plan_id text not null,
  kind text not null check (kind in ('simulation', 'repetition')),
  seed int not null,
  scenarios int not null,
  job_id text,
  engine text,
  result jsonb,
  made_at timestamptz not null,
  made_by text not null,
  primary key (org_id, id),
  foreign key (org_id, plan_id) references planning.plan (org_id, id)
);
create index run_plan on planning.run (org_id, plan_id, id desc);
select zaizao.protect('planning.run', 'tenant');

-- The dates that the published plan lets the plant promise, by work order.
create table planning.promise (
  org_id int not null,
  order_id text not null,
  plan_id text not null,
  code text not null,
  due_at timestamptz,
  planned_at timestamptz not null,
  p50_at timestamptz not null,
  p90_at timestamptz not null,
  late_share double precision not null,
  story jsonb not null,
  primary key (org_id, order_id),
  foreign key (org_id, plan_id) references planning.plan (org_id, id)
);
create index promise_late on planning.promise (org_id, late_share desc, order_id);
select zaizao.protect('planning.promise', 'tenant');

create table planning.line_balance (
  org_id int not null,
  id text not null,
  name text not null,
  part_id text not null,
  part jsonb not null,
  route_version int not null,
  units_per_day int not null check (units_per_day > 0),
  work_seconds int not null check (work_seconds > 0),
  lines int not null check (lines > 0),
  cycle_ms int not null check (cycle_ms > 0),
  tasks jsonb not null,
  stations jsonb not null,
  value jsonb not null,
  bound jsonb not null,
  status text not null check (status in ('optimal', 'feasible', 'edited')),
  engine text not null,
  seed int not null,
  iterations int not null,
  made_at timestamptz not null,
  made_by text not null,
  version int not null default 1,
  primary key (org_id, id)
);
select zaizao.protect('planning.line_balance', 'tenant');

-- Idle capacity that a plant offers to others.
create table planning.capacity_offer (
  org_id int not null,
  id text not null,
  code text not null,
  state text not null check (state in ('open', 'taken', 'withdrawn')),
  provider_id text not null,
  provider jsonb not null,
  station_kind text not null,
  title text not null,
  capability text not null,
  region text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  minutes int not null check (minutes > 0),
  minutes_left int not null check (minutes_left >= 0),
  price_fen bigint not null check (price_fen >= 0),
  made_at timestamptz not null,
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, code),
  check (from_at < to_at)
);
create index capacity_offer_open on planning.capacity_offer (state, station_kind, id desc);
create index capacity_offer_id on planning.capacity_offer (id);
select zaizao.protect('planning.capacity_offer', 'published');

-- What another organisation asks of an offer. Kept at the provider, read by both.
create table planning.capacity_request (
  org_id int not null,
  id text not null,
  offer_id text not null,
  buyer_org int not null,
  buyer_id text not null,
  buyer_name text not null,
  provider_name text not null,
  offer_code text not null,
  station_kind text not null,
  state text not null check (state in ('asked', 'countered', 'accepted', 'declined', 'withdrawn', 'done')),
  minutes int not null check (minutes > 0),
  price_fen bigint not null check (price_fen >= 0),
  from_at timestamptz not null,
  to_at timestamptz not null,
  -- Each side's version of what is to be made, the newest last.
  revisions jsonb not null,
  station_id text,
  made_at timestamptz not null,
  version int not null default 1,
  primary key (org_id, id),
  foreign key (org_id, offer_id) references planning.capacity_offer (org_id, id),
  check (from_at < to_at)
);
create index capacity_request_buyer on planning.capacity_request (buyer_org, id desc);
create index capacity_request_recent on planning.capacity_request (org_id, id desc);
select zaizao.protect('planning.capacity_request', 'shared', 'buyer_org');
