-- Keys of the log after the first, witnesses that cosign it, and the logs that it cosigns itself.

create table ledger.log_key (
  vkey text not null primary key,
  from_size bigint not null, -- the first head it signs
  until_size bigint, -- the last; null: it signs now
  announcement text, -- note of the key before it; null for the first key
  since timestamptz not null
);
create unique index log_key_active on ledger.log_key ((until_size is null)) where until_size is null;
select zaizao.protect('ledger.log_key', 'reference');

-- Others who cosign our heads.
create table ledger.witness (
  name text not null primary key,
  vkey text not null unique,
  url text not null, -- submission prefix
  added_at timestamptz not null,
  seen_size bigint not null default 0, -- the last head it cosigned, as far as we know
  answered_at timestamptz,
  failed_at timestamptz, -- null: the last attempt succeeded
  failure text,
  is_alarm boolean not null default false -- it says that our log contradicts what it saw
);
select zaizao.protect('ledger.witness', 'reference');

create table ledger.cosignature (
  size bigint not null,
  witness text not null,
  line text not null,
  at timestamptz not null,
  primary key (size, witness)
);
select zaizao.protect('ledger.cosignature', 'reference');

-- Heads shown to the world: with the witnesses' signatures, once there are enough of them.
create table ledger.published (
  size bigint not null primary key,
  note text not null,
  witnesses int not null,
  is_met boolean not null, -- false: published without them, because they were away too long
  at timestamptz not null
);
select zaizao.protect('ledger.published', 'reference');

-- One row: how many witnesses a head needs, and how long to wait for them.
create table ledger.log_policy (
  id int not null primary key default 1 check (id = 1),
  quorum int not null check (quorum >= 0),
  wait_minutes int check (wait_minutes > 0), -- null: wait for ever
  changed_at timestamptz not null
);
select zaizao.protect('ledger.log_policy', 'reference');

-- Logs of others that we cosign as their witness, and the last head of each.
create table ledger.watched_log (
  origin text not null primary key,
  vkeys jsonb not null,
  added_at timestamptz not null
);
select zaizao.protect('ledger.watched_log', 'reference');

create table ledger.watched_head (
  origin text not null primary key,
  size bigint not null,
  root bytea not null check (length(root) = 32),
  note text not null,
  at timestamptz not null
);
select zaizao.protect('ledger.watched_head', 'reference');

-- The audit trail in the log: each batch of audit rows is one entry, the root of a tree over them.
create table ledger.audit_batch (
  org_id int not null,
  batch bigint not null,
  row_count int not null check (row_count > 0),
  salt bytea not null check (length(salt) = 32),
  root bytea not null check (length(root) = 32),
  log_index bigint not null,
  logged_at timestamptz not null,
  primary key (org_id, batch)
);
select zaizao.protect('ledger.audit_batch', 'append', system_too => true);
