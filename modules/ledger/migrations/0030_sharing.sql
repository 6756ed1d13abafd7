-- Sharing between organisations: who holds a thing that this organisation let go, and the part of
-- its history that is shown to them. What a partner may read is a row of its own, already cut down,
-- so that no query, however written, reaches what is withheld.

-- How much an organisation shows: to one partner by name, to whoever it hands a thing to (`direct`),
-- and to those who hold it after them (`later`).
create table ledger.share_policy (
  org_id int not null,
  scope text not null check (scope in ('direct', 'later', 'partner')),
  holder int not null default 0,
  level text not null check (level in ('none', 'summary', 'steps', 'full')),
  version int not null default 1,
  changed_at timestamptz not null,
  primary key (org_id, scope, holder),
  check ((scope = 'partner') = (holder > 0))
);
select zaizao.protect('ledger.share_policy', 'tenant');

-- Party identifiers (PGLN, GLN) that in this organisation's own events stand for an organisation of
-- the installation. Each organisation says so for itself: nobody can claim another's deliveries.
create table ledger.share_party (
  org_id int not null,
  party text not null, -- canonical
  holder int not null check (holder > 0),
  primary key (org_id, party)
);
select zaizao.protect('ledger.share_party', 'tenant');

-- Who holds or held a thing, as far as this organisation knows: it gave the thing to them, or the
-- holder before them did. At most one holds it now.
create table ledger.custody (
  org_id int not null,
  thing text not null, -- canonical
  since_us bigint not null,
  holder int not null check (holder <> org_id),
  until_us bigint check (until_us >= since_us), -- null: holds it
  given_by int not null,
  level text not null check (level in ('none', 'summary', 'steps', 'full')),
  primary key (org_id, thing, since_us, holder)
);
create unique index custody_open on ledger.custody (org_id, thing) where until_us is null;
create index custody_holder on ledger.custody (holder, since_us desc, org_id, thing);
select zaizao.protect('ledger.custody', 'shared', partner => 'holder');

-- An event as one other organisation may see it.
create table ledger.shared_event (
  org_id int not null, -- captured it
  viewer int not null,
  seq bigint not null,
  record_us bigint not null,
  event_id text not null,
  declared_us bigint not null,
  type text not null,
  action text,
  biz_step text,
  disposition text,
  read_point text,
  biz_location text,
  event_us bigint not null,
  hash bytea, -- only where nothing is withheld: withheld fields could be guessed against it
  event jsonb not null, -- what is shown
  context jsonb,
  level text not null check (level in ('summary', 'steps', 'full')),
  opened jsonb not null, -- what proves it against the leaf
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  primary key (org_id, viewer, seq)
);
create index shared_event_time on ledger.shared_event (viewer, event_us, seq, org_id);
create index shared_event_record on ledger.shared_event (viewer, record_us, seq, org_id);
create index shared_event_id on ledger.shared_event (viewer, event_id);
select zaizao.protect('ledger.shared_event', 'shared', partner => 'viewer');

create table ledger.shared_thing (
  org_id int not null,
  viewer int not null,
  thing text not null,
  event_us bigint not null,
  seq bigint not null,
  role smallint not null,
  primary key (org_id, viewer, thing, event_us, seq, role)
);
create index shared_thing_life on ledger.shared_thing (viewer, thing, event_us, seq);
create index shared_thing_event on ledger.shared_thing (org_id, viewer, seq);
select zaizao.protect('ledger.shared_thing', 'shared', partner => 'viewer');

create table ledger.shared_link (
  org_id int not null,
  viewer int not null,
  thing text not null,
  side smallint not null check (side in (0, 1)),
  node text not null, -- `s`, the organisation, and its own name of the node
  event_us bigint not null,
  seq bigint not null,
  kind smallint not null check (kind in (1, 2, 3)),
  primary key (org_id, viewer, thing, side, node, seq)
);
create index shared_link_thing on ledger.shared_link (viewer, thing, side);
create index shared_link_node on ledger.shared_link (viewer, node, side);
create index shared_link_event on ledger.shared_link (org_id, viewer, seq);
select zaizao.protect('ledger.shared_link', 'shared', partner => 'viewer');
