-- Terms of the warranty beside its months, and the claims made under it. The seller keeps the claim; the
-- buyer who made it may read it.
alter table market.listing add column warranty_km int check (warranty_km > 0);
alter table market.listing add column warranty_terms text not null default '';

create table market.warranty_claim (
  org_id int not null,
  id text not null,
  code text not null,
  state text not null check (state in ('filed', 'received', 'accepted', 'refused', 'remedied', 'withdrawn')),
  buyer_org int not null,
  buyer_id text not null,
  buyer_name text not null,
  seller_name text not null,
  order_id text not null,
  order_code text not null,
  unit_id text not null,
  serial text not null,
  epc text not null,
  part jsonb not null,
  terms jsonb not null,
  symptom text not null check (symptom in ('no-function', 'weak', 'noise', 'leak', 'overheat', 'intermittent',
    'transit-damage', 'wrong-part', 'other')),
  complaint text not null,
  occurred_on date not null,
  mileage_km int check (mileage_km >= 0),
  photos text[] not null check (cardinality(photos) > 0),
  filed_at timestamptz not null,
  verdict text check (verdict in ('fault', 'no-fault', 'excluded')),
  reason text,
  remedy text check (remedy in ('replace', 'repair', 'refund', 'none')),
  judged_by text,
  judged_at timestamptz,
  nonconformance_id text,
  core_id text,
  core_code text,
  replacement jsonb,
  refund_fen bigint check (refund_fen >= 0),
  remedied_at timestamptz,
  remedy_note text,
  steps jsonb not null,
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, code),
  check ((verdict is null) = (judged_at is null)),
  check (state not in ('accepted', 'remedied') or remedy in ('replace', 'repair', 'refund')),
  check (state <> 'refused' or remedy = 'none')
);
-- Of one unit one claim is open at a time.
create unique index claim_open on market.warranty_claim (org_id, unit_id)
  where state in ('filed', 'received', 'accepted');
create index claim_state on market.warranty_claim (org_id, state, id desc);
create index claim_unit on market.warranty_claim (org_id, unit_id, id desc);
create index claim_buyer on market.warranty_claim (buyer_org, id desc);
select zaizao.protect('market.warranty_claim', 'shared', 'buyer_org');

-- What a claim cost the seller; nobody else sees it.
create table market.claim_cost (
  org_id int not null,
  claim_id text not null,
  id text not null,
  kind text not null check (kind in ('parts', 'labour', 'transport', 'replacement', 'refund', 'other')),
  amount_fen bigint not null check (amount_fen > 0),
  note text not null,
  by_whom text not null,
  at timestamptz not null,
  primary key (org_id, claim_id, id),
  foreign key (org_id, claim_id) references market.warranty_claim (org_id, id)
);
select zaizao.protect('market.claim_cost', 'append');
