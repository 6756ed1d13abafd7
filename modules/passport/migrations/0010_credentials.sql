-- Conformity credentials beside passports, keys that organisations bring themselves or take back, what
-- waits for a signature made elsewhere, and who beyond the public may see more.

alter table passport.credential
  add column kind text not null default 'passport' check (kind in ('passport', 'conformity')),
  -- Other signed forms of the same credential where the server cannot make them: its key is elsewhere.
  add column forms jsonb not null default '{}';
alter table passport.credential drop constraint credential_org_id_epc_version_key;
alter table passport.credential add constraint credential_version unique (org_id, epc, kind, version);
drop index passport.credential_in_force;
create unique index credential_in_force on passport.credential (org_id, epc, kind)
  where revoked_at is null;

-- `own`: only the public half is here, signatures are made outside. A revoked key counts for nothing
-- that the log does not have from before `revoked_from`.
alter table passport.issuer_key
  add column custody text not null default 'server' check (custody in ('server', 'own')),
  add column name text,
  add column revoked_at timestamptz,
  add column revoked_from timestamptz,
  add column revoked_for text,
  add constraint issuer_key_revoked check (
    (revoked_at is null) = (revoked_from is null) and (revoked_at is null) = (revoked_for is null)
    and (revoked_at is null or retired_at is not null));

-- What of a key's events anyone may see: made, retired, revoked.
create table passport.key_disclosure (
  org_id int not null,
  fragment text not null,
  event_id text not null,
  record_time text not null,
  opened jsonb not null,
  primary key (org_id, fragment, event_id, record_time),
  foreign key (org_id, fragment) references passport.issuer_key (org_id, fragment)
);
select zaizao.protect('passport.key_disclosure', 'published');

-- Documents that wait for a signature made outside, by the key that is in use. One of a kind for a
-- passport or a list: a newer one takes its place.
create table passport.unsigned (
  org_id int not null,
  id text not null,
  kind text not null check (kind in ('passport', 'conformity', 'status-list')),
  subject text not null, -- the EPC, or the number of the list
  fragment text not null,
  document jsonb not null,
  content_hash text,
  status_list int,
  status_index int,
  made_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, kind, subject),
  foreign key (org_id, fragment) references passport.issuer_key (org_id, fragment),
  check ((kind = 'status-list') = (status_index is null)),
  check ((content_hash is null) = (status_index is null)),
  check ((status_list is null) = (status_index is null))
);
select zaizao.protect('passport.unsigned', 'tenant');

-- Who may see more than the public: an organisation by name, or whoever holds the link.
create table passport.access (
  org_id int not null,
  id text not null,
  audience text not null check (audience in ('buyer', 'service', 'certifier', 'regulator')),
  epc text, -- one product; null is all of them
  partner_org int,
  partner_name text,
  token_sha256 text check (token_sha256 ~ '^[0-9a-f]{64}$'),
  note text,
  made_by text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  withdrawn_at timestamptz,
  uses int not null default 0,
  last_used_at timestamptz,
  primary key (org_id, id),
  check ((partner_org is null) <> (token_sha256 is null)),
  check ((partner_org is null) = (partner_name is null)),
  check (expires_at > made_at)
);
create unique index access_token on passport.access (org_id, token_sha256);
create index access_partner on passport.access (org_id, partner_org);
select zaizao.protect('passport.access', 'tenant');

-- What exports need that nothing else here knows.
create table passport.setting (
  org_id int not null,
  bpn text check (bpn ~ '^BPNL[A-Za-z0-9]{12}$'),
  version int not null default 1,
  updated_at timestamptz not null,
  primary key (org_id)
);
select zaizao.protect('passport.setting', 'published');
