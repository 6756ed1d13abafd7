create schema market;

create table market.listing (
  org_id int not null,
  id text not null,
  code text not null,
  state text not null check (state in ('open', 'reserved', 'sold', 'withdrawn')),
  seller jsonb not null,
  unit_id text not null,
  serial text not null,
  epc text not null,
  part_id text not null,
  part jsonb not null,
  numbers text[] not null,
  search text not null,
  life int not null,
  goods_class text not null check (goods_class in ('reman-new','direct-reuse','remanufacturable','market-new','second-hand')),
  price_fen bigint not null check (price_fen > 0),
  deposit_fen bigint not null check (deposit_fen >= 0),
  programme_id text,
  warranty_months int not null check (warranty_months >= 0),
  certificate_code text,
  listed_at timestamptz not null,
  version int not null default 1,
  primary key (org_id, id)
);
create unique index listing_unit on market.listing (org_id, unit_id) where state in ('open', 'reserved');
create index listing_open on market.listing (state, id desc);
create index listing_id on market.listing (id);
select zaizao.protect('market.listing', 'published');

create table market.sales_order (
  org_id int not null,
  id text not null,
  code text not null,
  state text not null check (state in ('placed','confirmed','paid','picked','shipped','delivered','completed','cancelled')),
  buyer_org int not null,
  buyer_id text not null,
  buyer_name text not null,
  seller_name text not null,
  lines jsonb not null,
  goods_fen bigint not null,
  deposit_fen bigint not null,
  on_credit boolean not null,
  deliver_to text not null,
  carrier text,
  tracking_number text,
  payment_reference text,
  steps jsonb not null,
  core_returns jsonb not null default '[]',
  placed_at timestamptz not null,
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, code)
);
create index sales_order_state on market.sales_order (org_id, state, id desc);
create index sales_order_buyer on market.sales_order (buyer_org, id desc);
select zaizao.protect('market.sales_order', 'shared', 'buyer_org');
