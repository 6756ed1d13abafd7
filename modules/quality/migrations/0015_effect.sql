-- Certifying although the test plan lacks something of the new product's: by whom, why, until when.
create table quality.plan_release (
  org_id int not null,
  id text not null,
  part_id text not null,
  plan_version int not null check (plan_version > 0),
  shortfalls jsonb not null,
  reason text not null,
  approved_by text not null,
  valid_to date not null,
  by_whom text not null,
  at timestamptz not null,
  primary key (org_id, id)
);
create index plan_release_part on quality.plan_release (org_id, part_id, id desc);
select zaizao.protect('quality.plan_release', 'append');

-- How long each unit ran, and whether it failed then: what life estimates are made of.
create table quality.service_run (
  org_id int not null,
  unit_id text not null,
  part_id text not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  failed boolean not null default false,
  cause text check (cause in ('end-of-life', 'fault', 'no-fault')),
  primary key (org_id, unit_id),
  check ((ended_at is null) = (cause is null)),
  check (not failed or ended_at is not null)
);
create index service_run_part on quality.service_run (org_id, part_id, began_at);
select zaizao.protect('quality.service_run', 'tenant');

-- What became of warranty claims, for the figures of a product.
create table quality.field_claim (
  org_id int not null,
  claim_id text not null,
  unit_id text not null,
  part_id text not null,
  reported_at timestamptz not null,
  verdict text not null check (verdict in ('fault', 'no-fault', 'excluded')),
  cost_fen bigint not null check (cost_fen >= 0),
  primary key (org_id, claim_id)
);
create index field_claim_part on quality.field_claim (org_id, part_id, reported_at);
create index field_claim_unit on quality.field_claim (org_id, unit_id);
select zaizao.protect('quality.field_claim', 'tenant');
