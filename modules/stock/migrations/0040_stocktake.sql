-- Stocktakes: what the books held when one began, what was scanned, how each difference was settled.
create schema stock;

create table stock.stocktake (
  org_id int not null,
  id text not null,
  code text not null,
  state text not null check (state in ('counting', 'counted', 'closed', 'cancelled')),
  site_id text not null,
  site_name text not null,
  place text,
  kinds text[] not null check (cardinality(kinds) > 0),
  note text not null,
  expected int not null check (expected >= 0),
  counted int not null default 0 check (counted between 0 and expected),
  figures jsonb,
  started_by text not null,
  started_at timestamptz not null,
  counted_at timestamptz,
  closed_by text,
  closed_at timestamptz,
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, code),
  check ((state = 'closed') = (figures is not null)),
  check ((state = 'closed') = (closed_at is not null))
);
create index stocktake_state on stock.stocktake (org_id, state, id desc);
select zaizao.protect('stock.stocktake', 'tenant');

-- Fixed when the count begins.
create table stock.expected (
  org_id int not null,
  stocktake_id text not null,
  subject text not null,
  kind text not null check (kind in ('core', 'component', 'unit')),
  ref text not null,
  code text not null,
  name jsonb not null,
  state text not null,
  place text,
  qty int not null check (qty > 0),
  primary key (org_id, stocktake_id, subject),
  foreign key (org_id, stocktake_id) references stock.stocktake (org_id, id)
);
select zaizao.protect('stock.expected', 'append');

-- Every scan that told something new, with what the books said at that instant; the last one of a subject counts.
create table stock.scan (
  org_id int not null,
  stocktake_id text not null,
  id text not null,
  subject text not null,
  kind text check (kind in ('core', 'component', 'unit')),
  ref text,
  code text not null,
  name jsonb,
  state text,
  booked_place text,
  booked_qty int,
  place text,
  qty int check (qty > 0),
  is_lot boolean not null,
  by_whom text not null,
  at timestamptz not null,
  primary key (org_id, stocktake_id, id),
  foreign key (org_id, stocktake_id) references stock.stocktake (org_id, id)
);
create index scan_subject on stock.scan (org_id, stocktake_id, subject, id desc);
select zaizao.protect('stock.scan', 'append');

create table stock.difference (
  org_id int not null,
  stocktake_id text not null,
  subject text not null,
  class text not null check (class in ('missing', 'pieces', 'place', 'found', 'elsewhere', 'unknown')),
  kind text check (kind in ('core', 'component', 'unit')),
  ref text,
  code text not null,
  name jsonb,
  state text,
  booked_place text,
  place text,
  booked_qty int,
  qty int,
  value_fen bigint,
  scanned_by text,
  decision text not null check (decision in ('correct', 'keep')),
  reason text not null,
  note text not null,
  primary key (org_id, stocktake_id, subject),
  foreign key (org_id, stocktake_id) references stock.stocktake (org_id, id),
  check (decision = 'keep' or class not in ('elsewhere', 'unknown'))
);
select zaizao.protect('stock.difference', 'append');

create table stock.missing (
  org_id int not null,
  id text not null,
  stocktake_id text not null,
  stocktake_code text not null,
  subject text not null,
  kind text not null check (kind in ('core', 'component', 'unit')),
  ref text not null,
  code text not null,
  name jsonb not null,
  place text,
  qty int not null,
  value_fen bigint,
  reason text not null,
  note text not null,
  -- of the thing's own record: when it has changed, somebody had it in hand
  thing_version int not null,
  since timestamptz not null,
  ended text check (ended in ('found', 'moved')),
  ended_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, stocktake_id) references stock.stocktake (org_id, id),
  check ((ended is null) = (ended_at is null))
);
-- A thing is missing once.
create unique index missing_open on stock.missing (org_id, subject) where ended is null;
create index missing_newest on stock.missing (org_id, id desc);
select zaizao.protect('stock.missing', 'tenant');
