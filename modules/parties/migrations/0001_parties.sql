-- Organisations as the trade sees them, their sites, business partners, licences and code counters.

create schema parties;

-- One row an organisation. Published: names, kinds and GS1 prefixes are how firms find each other.
create table parties.organisation (
  org_id int not null,
  id text not null,
  name text not null,
  legal_name text,
  kind text not null check (kind in ('remanufacturer', 'dismantler', 'collector', 'repair-shop',
    'distributor', 'fleet', 'certifier', 'laboratory', 'insurer', 'park-operator', 'logistics',
    'regulator', 'other')),
  credit_code text check (credit_code ~ '^[0-9A-HJ-NP-RTUWXY]{18}$'),
  gs1_prefix text not null check (gs1_prefix ~ '^[0-9]{6,12}$'),
  zone text not null default 'Asia/Shanghai',
  contact text,
  phone text,
  address text,
  simulated boolean not null default false,
  version int not null default 1,
  updated_at timestamptz not null,
  primary key (org_id)
);
create index organisation_id on parties.organisation (id);
create index organisation_prefix on parties.organisation (gs1_prefix);
select zaizao.protect('parties.organisation', 'published');

create table parties.site (
  org_id int not null,
  id text not null,
  code text not null,
  name text not null,
  kind text not null check (kind in ('plant', 'warehouse', 'yard', 'outlet', 'laboratory', 'office')),
  gln text not null check (gln ~ '^[0-9]{13}$'),
  address text,
  region text,
  is_default boolean not null default false,
  active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, code),
  unique (org_id, gln)
);
create unique index site_default on parties.site (org_id) where is_default;
select zaizao.protect('parties.site', 'tenant');

create table parties.partner (
  org_id int not null,
  id text not null,
  code text not null,
  name text not null,
  kind text not null check (kind in ('remanufacturer', 'dismantler', 'collector', 'repair-shop',
    'distributor', 'fleet', 'certifier', 'laboratory', 'insurer', 'park-operator', 'logistics',
    'regulator', 'other')),
  linked_org text,
  linked_no int,
  credit_code text check (credit_code ~ '^[0-9A-HJ-NP-RTUWXY]{18}$'),
  contact text,
  phone text,
  region text,
  address text,
  note text,
  active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, code),
  check ((linked_org is null) = (linked_no is null))
);
create unique index partner_linked on parties.partner (org_id, linked_no) where linked_no is not null;
create index partner_name on parties.partner (org_id, name, id);
select zaizao.protect('parties.partner', 'tenant');

-- A licence of a partner, or of the organisation itself where partner_id is null.
create table parties.licence (
  org_id int not null,
  id text not null,
  partner_id text,
  kind text not null check (kind in ('vehicle-dismantling', 'hazardous-waste', 'business',
    'reman-recognition', 'testing', 'insurance', 'transport')),
  number text not null,
  issuer text not null,
  scope text,
  valid_from date not null,
  valid_to date,
  revoked_on date,
  document text check (document ~ '^[0-9a-f]{64}$'),
  version int not null default 1,
  created_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, partner_id) references parties.partner (org_id, id),
  check (valid_to is null or valid_to >= valid_from)
);
create index licence_holder on parties.licence (org_id, partner_id, kind);
create unique index licence_number on parties.licence (org_id, kind, number, coalesce(partner_id, ''));
select zaizao.protect('parties.licence', 'tenant');

-- The last number given out, per kind of code. The row is locked until the transaction ends,
-- so numbers have no gaps and none is given twice.
create table parties.counter (
  org_id int not null,
  kind text not null,
  last bigint not null check (last >= 0),
  primary key (org_id, kind)
);
select zaizao.protect('parties.counter', 'tenant');
