-- A plant asks a collector to fetch accepted cores at one supplier. The row is the plant's; the
-- collector's organisation sees it, and confirms through the plant's books.
create table cores.pick_up (
  org_id int not null,
  id text not null,
  code text not null,
  state text not null check (state in ('asked', 'done', 'cancelled')),
  plant_name text not null,
  collector_org int not null,
  collector_id text not null,
  collector_name text not null,
  supplier_id text,
  supplier_name text not null,
  address text,
  -- code, number and name of each core as they were when asked: the collector sees no other row
  lines jsonb not null,
  core_ids text[] not null check (cardinality(core_ids) > 0),
  taken text[] check (taken <@ core_ids),
  counted int check (counted >= 0),
  photos text[] not null,
  note text,
  asked_at timestamptz not null,
  asked_by text not null,
  done_at timestamptz,
  done_by text,
  primary key (org_id, id),
  unique (org_id, code),
  check ((state = 'done') = (done_at is not null and taken is not null and counted is not null)),
  -- what is taken along is seen on a photo
  check (state <> 'done' or cardinality(photos) > 0)
);
create index pick_up_state on cores.pick_up (org_id, state, id desc);
create index pick_up_collector on cores.pick_up (collector_org, state, id desc);
select zaizao.protect('cores.pick_up', 'shared', 'collector_org');
