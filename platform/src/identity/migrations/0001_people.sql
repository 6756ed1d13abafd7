-- People and their sessions, in the shape better-auth reads (its adapter is pointed at this schema),
-- then organisations and who works in them. Nothing here is granted to zaizao_app: the tables are
-- read by platform code as owner, so no tenant query can reach another organisation's people.

create schema identity;

create table identity.auth_user (
  id text primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- below: ours, unknown to better-auth
  lang text check (lang in ('zh', 'en')),
  last_org_no int
);

create table identity.auth_session (
  id text primary key,
  token text not null unique,
  user_id text not null references identity.auth_user (id) on delete cascade,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- the organisation this session works in; chosen at first use when null
  org_no int
);
create index auth_session_user on identity.auth_session (user_id);
create index auth_session_end on identity.auth_session (expires_at);

create table identity.auth_account (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references identity.auth_user (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index auth_account_user on identity.auth_account (user_id, provider_id);

create table identity.auth_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index auth_verification_identifier on identity.auth_verification (identifier);

create table identity.auth_two_factor (
  id text primary key,
  secret text not null,
  backup_codes text not null,
  user_id text not null unique references identity.auth_user (id) on delete cascade,
  verified boolean default true,
  failed_verification_count int default 0,
  locked_until timestamptz
);
create index auth_two_factor_secret on identity.auth_two_factor (secret);

-- Number 0 is reserved for the platform itself.
create table identity.organisation (
  no int primary key generated always as identity (start with 1),
  id text not null unique,
  name text not null check (name <> ''),
  kind text not null,
  simulated boolean not null default false,
  created_at timestamptz not null,
  version int not null default 1,
  check (no > 0)
);

create table identity.membership (
  user_id text not null references identity.auth_user (id) on delete cascade,
  org_no int not null references identity.organisation (no),
  roles text[] not null check (cardinality(roles) > 0),
  created_at timestamptz not null,
  version int not null default 1,
  primary key (org_no, user_id)
);
create index membership_user on identity.membership (user_id);

create table identity.invitation (
  id text primary key,
  org_no int not null references identity.organisation (no),
  email text not null check (email = lower(email)),
  roles text[] not null check (cardinality(roles) > 0),
  token_sha256 text not null unique,
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by text,
  revoked_at timestamptz,
  check (accepted_at is null or revoked_at is null),
  check ((accepted_at is null) = (accepted_by is null))
);
create index invitation_org on identity.invitation (org_no, id);

create table identity.api_key (
  id text primary key,
  org_no int not null references identity.organisation (no),
  name text not null,
  prefix text not null,
  secret_sha256 text not null unique,
  roles text[] not null,
  scopes text[] not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  check (cardinality(roles) + cardinality(scopes) > 0)
);
create index api_key_org on identity.api_key (org_no, id);

-- The one-click people of the demo. They have no password and belong to simulated organisations.
create table identity.demo_person (
  role text primary key,
  position int not null,
  user_id text not null unique references identity.auth_user (id) on delete cascade,
  org_no int not null references identity.organisation (no)
);
