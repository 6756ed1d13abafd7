create table zaizao.job (
  org_id int not null,
  id text not null,
  kind text not null,
  input jsonb not null,
  actor jsonb not null,
  lang text not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  progress real not null default 0,
  message jsonb,
  result jsonb,
  error jsonb,
  cancel_requested boolean not null default false,
  attempts int not null default 0,
  created_at timestamptz not null,
  started_at timestamptz,
  heartbeat_at timestamptz,
  finished_at timestamptz,
  primary key (org_id, id)
);
create index job_waiting on zaizao.job (created_at, id) where state in ('queued', 'running');
create index job_recent on zaizao.job (org_id, created_at desc, id desc);
select zaizao.protect('zaizao.job', 'tenant', system_too => true);

create table zaizao.file (
  org_id int not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  media_type text not null,
  size int not null check (size >= 0),
  name text not null,
  created_at timestamptz not null,
  created_by text not null,
  primary key (org_id, sha256)
);
select zaizao.protect('zaizao.file', 'tenant');
