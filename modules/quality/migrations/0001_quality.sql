-- Tests with their values and curves, nonconformances with their steps, certificates.

create schema quality;

create table quality.test_run (
  org_id int not null,
  id text not null,
  code text not null,
  state text not null check (state in ('open', 'passed', 'failed', 'aborted')),
  round int not null check (round > 0),
  unit_id text not null,
  unit jsonb not null,
  part_id text not null,
  plan jsonb not null,
  needs_run_in boolean not null,
  customer text,
  run_in jsonb,
  aborted_for text,
  nonconformance_id text,
  event_id text,
  started_by text not null,
  started_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  primary key (org_id, id),
  unique (org_id, code),
  unique (org_id, unit_id, round),
  check ((state = 'open') = (decided_at is null))
);
create unique index test_one_open on quality.test_run (org_id, unit_id) where state = 'open';
create index test_state on quality.test_run (org_id, state, id desc);
create index test_part on quality.test_run (org_id, part_id, id desc);
create index test_decided on quality.test_run (org_id, decided_at);
select zaizao.protect('quality.test_run', 'tenant');

-- Every value ever recorded; the newest of a characteristic counts. The limits it was judged by stay with it.
create table quality.test_value (
  org_id int not null,
  test_id text not null,
  id text not null,
  characteristic_id text not null,
  code text not null,
  value numeric not null,
  unit text not null,
  instrument jsonb,
  verdict text not null check (verdict in ('pass', 'fail', 'unlimited')),
  judged jsonb not null,
  by_whom text not null,
  at timestamptz not null,
  primary key (org_id, test_id, id),
  foreign key (org_id, test_id) references quality.test_run (org_id, id)
);
create index test_value_trend on quality.test_value (org_id, characteristic_id, id desc);
select zaizao.protect('quality.test_value', 'append');

create table quality.curve (
  org_id int not null,
  test_id text not null,
  id text not null,
  part_id text not null,
  name text not null,
  unit text not null,
  characteristic_id text,
  instrument_id text,
  samples int not null check (samples >= 2),
  seconds double precision not null check (seconds > 0),
  lowest double precision not null,
  highest double precision not null,
  mean double precision not null,
  points jsonb not null,
  by_whom text not null,
  at timestamptz not null,
  primary key (org_id, test_id, id),
  foreign key (org_id, test_id) references quality.test_run (org_id, id)
);
create index curve_overlay on quality.curve (org_id, part_id, name, id desc);
select zaizao.protect('quality.curve', 'append');

create table quality.nonconformance (
  org_id int not null,
  id text not null,
  code text not null,
  state text not null check (state in ('opened', 'contained', 'dispositioned', 'cause-found',
    'corrected', 'verified', 'closed')),
  subject_kind text not null check (subject_kind in ('unit', 'component', 'lot', 'core', 'process')),
  subject_id text not null,
  subject_code text not null,
  part_id text,
  part jsonb,
  source text not null check (source in ('test', 'inspection', 'production', 'incoming', 'customer', 'audit')),
  test_id text,
  defect text not null,
  defect_name jsonb not null,
  description text not null,
  severity text not null check (severity in ('critical', 'major', 'minor')),
  quantity int not null check (quantity > 0),
  containment text,
  disposition text check (disposition in ('rework', 'concession', 'scrap', 'return')),
  disposition_reason text,
  reference text,
  cause_category text check (cause_category in ('man', 'machine', 'material', 'method', 'measurement',
    'environment', 'design', 'core')),
  cause text,
  action text,
  action_owner text,
  action_due date,
  evidence text,
  opened_by text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (org_id, id),
  unique (org_id, code),
  check ((state = 'closed') = (closed_at is not null)),
  check (state in ('opened', 'contained') or disposition is not null),
  check (disposition <> 'concession' or reference is not null)
);
create index nonconformance_state on quality.nonconformance (org_id, state, id desc);
create index nonconformance_subject on quality.nonconformance (org_id, subject_id, id desc);
create index nonconformance_opened on quality.nonconformance (org_id, opened_at);
select zaizao.protect('quality.nonconformance', 'tenant');

create table quality.nonconformance_step (
  org_id int not null,
  nonconformance_id text not null,
  id text not null,
  event text not null,
  to_state text not null,
  note text not null,
  by_whom text not null,
  at timestamptz not null,
  primary key (org_id, nonconformance_id, id),
  foreign key (org_id, nonconformance_id) references quality.nonconformance (org_id, id)
);
select zaizao.protect('quality.nonconformance_step', 'append');

-- What a certificate says is fixed when it is asked for; its document is made once.
create table quality.certificate (
  org_id int not null,
  id text not null,
  code text not null,
  state text not null check (state in ('making', 'issued')),
  unit_id text not null,
  unit jsonb not null,
  test_id text not null,
  content jsonb not null,
  job_id text not null,
  sha256 text,
  event_id text,
  requested_by text not null,
  requested_at timestamptz not null,
  issued_at timestamptz,
  primary key (org_id, id),
  unique (org_id, code),
  unique (org_id, unit_id),
  foreign key (org_id, test_id) references quality.test_run (org_id, id),
  check ((state = 'issued') = (sha256 is not null))
);
select zaizao.protect('quality.certificate', 'tenant');

-- The documents that anyone who has the address may read: nothing but the way from id to bytes.
create table quality.certificate_document (
  org_id int not null,
  certificate_id text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  code text not null,
  primary key (org_id, certificate_id)
);
create index certificate_document_id on quality.certificate_document (certificate_id);
create index certificate_document_hash on quality.certificate_document (sha256);
select zaizao.protect('quality.certificate_document', 'published');
