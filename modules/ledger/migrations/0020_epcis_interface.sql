-- What the EPCIS interface keeps beside events: page tokens given up early, company prefixes seen in
-- EPC URNs, standing queries with what could not be delivered.

create table ledger.page_token (
  org_id int not null,
  hash text not null, -- SHA-256 of the token, hexadecimal
  ends_at timestamptz not null,
  primary key (org_id, hash)
);
select zaizao.protect('ledger.page_token', 'tenant');

-- A GS1 Digital Link does not tell how long its company prefix is; an EPC URN does.
create table ledger.company_prefix (
  org_id int not null,
  prefix text not null check (prefix ~ '^[0-9]{6,12}$'),
  primary key (org_id, prefix)
);
select zaizao.protect('ledger.company_prefix', 'tenant');

-- Webhooks: events that match a named query are posted to an address, all of them in order, each at
-- least once. `last_seq` is the number of the last event that was looked at and, if it matched,
-- delivered or given up.
create table ledger.subscription (
  org_id int not null,
  subscription_id text not null,
  query_name text not null,
  dest text not null,
  schedule jsonb, -- null: as soon as an event is captured
  report_if_empty boolean not null,
  signature text not null check (signature in ('none', 'hmac', 'jws')),
  sealed_secret bytea, -- AES-256-GCM under the installation's secret
  epc_format text not null,
  media text not null check (media in ('json', 'xml')),
  created_us bigint not null,
  initial_us bigint not null,
  min_record_us bigint not null,
  last_seq bigint not null check (last_seq >= 0),
  pending_to bigint, -- end of a delivery that failed: the next attempt is the same delivery
  batch int not null default 100 check (batch between 1 and 1000),
  state text not null default 'active' check (state in ('active', 'stopped')),
  attempts int not null default 0,
  failures int not null default 0, -- dead letters since the last success
  last_problem text,
  last_notified_at timestamptz,
  next_at timestamptz not null,
  claimed_until timestamptz,
  primary key (org_id, subscription_id),
  foreign key (org_id, query_name) references ledger.query (org_id, name) on delete cascade,
  check ((signature = 'none') = (sealed_secret is null))
);
create index subscription_due on ledger.subscription (next_at) where state = 'active';
create index subscription_query on ledger.subscription (org_id, query_name, subscription_id);
select zaizao.protect('ledger.subscription', 'tenant', system_too => true);

-- What an address would not take after all attempts.
create table ledger.dead_letter (
  org_id int not null,
  letter_id text not null,
  subscription_id text not null,
  query_name text not null,
  dest text not null,
  delivery_id text not null, -- the idempotency id that every attempt carried
  from_seq bigint not null,
  to_seq bigint not null,
  event_count int not null,
  attempts int not null,
  problem text not null,
  dead_at timestamptz not null,
  retry_at timestamptz, -- the owner asked for another attempt
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dismissed')),
  version int not null default 1,
  primary key (org_id, letter_id)
);
create index dead_letter_time on ledger.dead_letter (org_id, dead_at, letter_id);
create index dead_letter_retry on ledger.dead_letter (retry_at) where retry_at is not null;
select zaizao.protect('ledger.dead_letter', 'tenant', system_too => true);
