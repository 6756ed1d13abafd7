-- Passports as anyone may read them, their credentials, and the keys that sign them. All of it is
-- public: private keys are files under the installation's home, never rows.

create schema passport;

-- The public projection of a unit; made anew from the records whenever they change.
create table passport.published (
  org_id int not null,
  epc text not null, -- canonical
  unit_id text not null,
  serial text not null,
  document jsonb not null,
  picture text check (picture ~ '^[0-9a-f]{64}$'),
  version int not null default 1,
  updated_at timestamptz not null,
  primary key (org_id, epc),
  unique (org_id, unit_id)
);
create index published_epc on passport.published (epc);
select zaizao.protect('passport.published', 'published');

-- What of the thing's events anyone may see: commitments of the log opened in part. Events that are
-- not here, and groups that are not in `opened`, stay withheld.
create table passport.disclosure (
  org_id int not null,
  epc text not null, -- of the passport
  event_id text not null,
  record_time text not null,
  opened jsonb not null,
  primary key (org_id, epc, event_id, record_time),
  foreign key (org_id, epc) references passport.published (org_id, epc)
);
select zaizao.protect('passport.disclosure', 'published');

-- Every credential ever issued. The newest that is not revoked is in force.
create table passport.credential (
  org_id int not null,
  id text not null,
  epc text not null,
  version int not null,
  status_list int not null,
  status_index int not null check (status_index >= 0),
  content_hash text not null,
  credential jsonb not null,
  issued_at timestamptz not null,
  revoked_at timestamptz,
  revoked_for text,
  primary key (org_id, id),
  unique (org_id, epc, version),
  unique (org_id, status_list, status_index),
  foreign key (org_id, epc) references passport.published (org_id, epc),
  check ((revoked_at is null) = (revoked_for is null))
);
create index credential_id on passport.credential (id);
create unique index credential_in_force on passport.credential (org_id, epc) where revoked_at is null;
select zaizao.protect('passport.credential', 'published');

-- A bit for each credential, and the list as it was last signed.
create table passport.status_list (
  org_id int not null,
  list int not null check (list > 0),
  issuer text not null, -- DID; a list is of one issuer
  next_index int not null,
  bits bytea not null,
  credential jsonb not null,
  updated_at timestamptz not null,
  primary key (org_id, list)
);
select zaizao.protect('passport.status_list', 'published');

-- Public halves of an organisation's signing keys. A retired key signs nothing new; what it signed
-- stays valid.
create table passport.issuer_key (
  org_id int not null,
  fragment text not null,
  did text not null,
  public_key text not null,
  made_at timestamptz not null,
  retired_at timestamptz,
  primary key (org_id, fragment)
);
create unique index issuer_key_active on passport.issuer_key (org_id, did) where retired_at is null;
create index issuer_key_did on passport.issuer_key (did);
select zaizao.protect('passport.issuer_key', 'published');
