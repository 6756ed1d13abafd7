-- The ledger: what happened to things, as EPCIS 2.0 events, append-only, each one a leaf of a
-- transparency log. Times are microseconds since 1970 in bigint columns (`…_us`): a JavaScript
-- Date holds milliseconds only, and record times must differ.

create schema ledger;

-- Gives each organisation its event numbers without gaps and record times that strictly rise.
-- The row is locked until the recording transaction commits, so a reader who has seen number n
-- has seen all before it.
create table ledger.clock (
  org_id int not null primary key,
  last_seq bigint not null,
  last_us bigint not null
);
select zaizao.protect('ledger.clock', 'tenant', system_too => true);

create table ledger.event (
  org_id int not null,
  seq bigint not null check (seq > 0),
  record_us bigint not null,
  event_id text not null,
  declared_us bigint not null default 0, -- errorDeclaration.declarationTime; 0: the event itself
  type text not null,
  action text check (action in ('ADD', 'OBSERVE', 'DELETE')),
  biz_step text,
  disposition text,
  read_point text, -- canonical, as biz_location
  biz_location text,
  event_us bigint not null,
  hash bytea not null check (length(hash) = 32), -- CBV 2.0 section 8.9
  event jsonb not null, -- as accepted, with eventID, without recordTime
  context jsonb, -- the document's @context beyond the standard's, when it has one
  secret bytea not null check (length(secret) = 32), -- salts of the leaf's commitments
  capture_id text, -- the capture job; null when a module recorded it
  primary key (org_id, seq),
  unique (org_id, event_id, declared_us)
);
create index event_time on ledger.event (org_id, event_us, seq);
create index event_step on ledger.event (org_id, biz_step, event_us);
-- Record times rise with the rows' places on disk: a few bytes per block find them.
create index event_record on ledger.event using brin (record_us);
select zaizao.protect('ledger.event', 'append', system_too => true);

-- Who touched what: one row per event, thing and role, in the order of a thing's life.
create table ledger.event_thing (
  org_id int not null,
  thing text not null, -- canonical
  event_us bigint not null,
  seq bigint not null,
  role smallint not null, -- domain/thing-role.ts
  primary key (org_id, thing, event_us, seq, role)
);
select zaizao.protect('ledger.event_thing', 'append', system_too => true);

-- Genealogy: the things that went into (side 0) and came out of (side 1) a node, which is one event,
-- or all events of one transformationID.
create table ledger.link (
  org_id int not null,
  thing text not null,
  side smallint not null check (side in (0, 1)),
  node text not null,
  event_us bigint not null,
  seq bigint not null,
  kind smallint not null check (kind in (1, 2, 3)), -- transformed, put together, taken apart
  primary key (org_id, thing, side, node, seq)
);
create index link_node on ledger.link (org_id, node, side, thing);
select zaizao.protect('ledger.link', 'append', system_too => true);

-- What a module calls a thing, and how to come from a scan to the module's record.
create table ledger.thing (
  org_id int not null,
  epc text not null, -- canonical
  kind text not null check (kind in
    ('core', 'component', 'lot', 'unit', 'work-order', 'site', 'station', 'document')),
  ref text not null,
  code text not null,
  code_key text not null, -- as typed by a person: no spaces, upper case
  name jsonb not null,
  registered_at timestamptz not null,
  primary key (org_id, epc),
  unique (org_id, ref)
);
create index thing_code on ledger.thing (org_id, code_key);
select zaizao.protect('ledger.thing', 'tenant', system_too => true);

-- Other marks on a thing: the maker's serial number, a supplier's label.
create table ledger.thing_mark (
  org_id int not null,
  mark_key text not null,
  epc text not null,
  primary key (org_id, mark_key, epc),
  foreign key (org_id, epc) references ledger.thing (org_id, epc)
);
select zaizao.protect('ledger.thing_mark', 'tenant');

create table ledger.capture_job (
  org_id int not null,
  capture_id text not null,
  created_us bigint not null,
  finished_us bigint,
  running boolean not null,
  success boolean not null,
  behaviour text not null check (behaviour in ('rollback', 'proceed')),
  errors jsonb not null,
  accepted int not null,
  rejected int not null,
  primary key (org_id, capture_id)
);
create index capture_job_time on ledger.capture_job (org_id, created_us, capture_id);
select zaizao.protect('ledger.capture_job', 'tenant', system_too => true);

-- Master data that came with captured documents (EPCIS 2.0 section 6.1.2), newest wins.
create table ledger.vocabulary (
  org_id int not null,
  type text not null,
  id text not null, -- canonical
  attributes jsonb not null, -- name → value
  children jsonb not null, -- canonical ids
  changed_us bigint not null,
  primary key (org_id, id, type)
);
select zaizao.protect('ledger.vocabulary', 'tenant');

-- Prefixes that captured documents declared, so that a query may use them.
create table ledger.namespace (
  org_id int not null,
  prefix text not null,
  namespace text not null,
  primary key (org_id, prefix, namespace)
);
select zaizao.protect('ledger.namespace', 'tenant');

-- Named queries: parameters of SimpleEventQuery under a name.
create table ledger.query (
  org_id int not null,
  name text not null,
  query jsonb not null,
  created_us bigint not null,
  primary key (org_id, name)
);
select zaizao.protect('ledger.query', 'tenant');

-- ── The transparency log: one for the installation ──────────────────────────

-- Where an event stands in the log.
create table ledger.leaf (
  org_id int not null,
  seq bigint not null,
  log_index bigint not null check (log_index >= 0),
  primary key (org_id, seq)
);
create index leaf_index on ledger.leaf (log_index);
select zaizao.protect('ledger.leaf', 'append', system_too => true);

-- How far each organisation's events are in the log.
create table ledger.logged (
  org_id int not null primary key,
  last_seq bigint not null
);
select zaizao.protect('ledger.logged', 'tenant', system_too => true);

-- Tiles of hashes (level 0…) and bundles of entries (level -1), C2SP tlog-tiles. A partial tile is
-- the front of the full one, so one row that grows serves all its widths.
create table ledger.tile (
  level smallint not null,
  index bigint not null,
  width int not null check (width between 1 and 256),
  bytes bytea not null,
  primary key (level, index)
);
alter table ledger.tile alter column bytes set storage external;
select zaizao.protect('ledger.tile', 'reference');

-- The map from things to the heads of their histories, whose root is the last entry of every
-- checkpoint: with it an event that is left out of a thing's history is noticed. Hashes only.
create table ledger.map_node (
  hash bytea not null primary key,
  node bytea not null
);
select zaizao.protect('ledger.map_node', 'reference');

create table ledger.thing_entry (
  thing_key bytea not null, -- SHA-256, domain-separated
  log_index bigint not null,
  leaf_hash bytea not null,
  primary key (thing_key, log_index)
);
select zaizao.protect('ledger.thing_entry', 'reference');

-- Every tree head ever signed; written before it is published.
create table ledger.checkpoint (
  size bigint not null primary key,
  root bytea not null check (length(root) = 32),
  map_root bytea not null check (length(map_root) = 32), -- as in the log's last entry
  note text not null,
  signed_at timestamptz not null
);
select zaizao.protect('ledger.checkpoint', 'reference');
