create schema deposits;

create table deposits.deposit (
  org_id int not null,
  id text not null,
  code text not null,
  state text not null check (state in ('charged','due','received','credited','settled','forfeited','cancelled')),
  customer_id text not null,
  customer_name text not null,
  customer_org int,
  seller_name text not null,
  order_id text not null,
  order_code text not null,
  unit_epc text not null,
  part_id text not null,
  part jsonb not null,
  amount_fen bigint not null check (amount_fen > 0),
  credited_fen bigint not null default 0,
  forfeited_fen bigint not null default 0,
  programme_id text not null,
  due_day date,
  core_id text,
  core_code text,
  grade text,
  charged_at timestamptz not null,
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, unit_epc, order_id),
  check (credited_fen >= 0 and forfeited_fen >= 0 and credited_fen + forfeited_fen <= amount_fen),
  check (state not in ('received', 'credited', 'settled') or core_id is not null)
);
-- A core settles one deposit, once.
create unique index deposit_core on deposits.deposit (org_id, core_id) where core_id is not null;
create index deposit_state on deposits.deposit (org_id, state, id desc);
create index deposit_open on deposits.deposit (org_id, customer_id, part_id, id) where state in ('charged', 'due');
create index deposit_customer on deposits.deposit (customer_org, id desc) where customer_org is not null;
select zaizao.protect('deposits.deposit', 'shared', 'customer_org');

-- Double entry: one row moves one amount from an account to another, so that the sum is zero by construction.
create table deposits.posting (
  org_id int not null,
  id text not null,
  deposit_id text not null,
  kind text not null check (kind in ('charge', 'credit', 'forfeit', 'pay-out', 'cancel')),
  debit text not null,
  credit text not null,
  amount_fen bigint not null check (amount_fen > 0),
  at timestamptz not null,
  by_whom text not null,
  primary key (org_id, id),
  -- each step happens to a deposit once
  unique (org_id, deposit_id, kind),
  foreign key (org_id, deposit_id) references deposits.deposit (org_id, id),
  check (debit <> credit)
);
select zaizao.protect('deposits.posting', 'append');
