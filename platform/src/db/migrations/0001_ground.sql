-- Roles, the tenant function and the table guard that every later migration uses.

do $$ begin
  create role zaizao_app nologin;
exception when duplicate_object then null; end $$;
do $$ begin
  create role zaizao_system nologin;
exception when duplicate_object then null; end $$;
grant zaizao_app, zaizao_system to current_user;
grant usage on schema zaizao to zaizao_app, zaizao_system;

-- The organisation of this transaction; null when unset, so that no row matches.
create function zaizao.org() returns int language sql stable parallel safe
  as $$ select nullif(current_setting('app.org', true), '')::int $$;

-- Puts a table behind row-level security. Kinds:
--   tenant     org_id = the organisation of the transaction
--   append     as tenant, but rows are only added, never changed
--   shared     as tenant for writing; the organisation named in column `partner` may read too
--   published  everyone may read (also without an organisation); only the owner writes
--   reference  no org_id: everyone reads, nobody but migrations and the system writes
-- `system_too` lets background work read and write rows of all organisations.
create function zaizao.protect(target regclass, kind text, partner text default null,
                               system_too boolean default false)
returns void language plpgsql as $$
declare
  own text := 'org_id = (select zaizao.org())';
  can_read text := own;
  verbs text := 'select, insert, update, delete';
begin
  if kind not in ('tenant', 'append', 'shared', 'published', 'reference') then
    raise exception 'unknown kind of table: %', kind;
  end if;
  execute format('grant usage on schema %I to zaizao_app, zaizao_system',
    (select nspname from pg_namespace n join pg_class c on c.relnamespace = n.oid where c.oid = target));
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  if kind = 'append' then verbs := 'select, insert'; end if;
  if kind = 'reference' then
    verbs := 'select';
    can_read := 'true';
  elsif kind = 'shared' then
    can_read := format('%s or %I = (select zaizao.org())', own, partner);
  elsif kind = 'published' then
    can_read := 'true';
  end if;
  execute format('grant %s on %s to zaizao_app', verbs, target);
  execute format('create policy app_read on %s for select to zaizao_app using (%s)', target, can_read);
  if kind <> 'reference' then
    execute format('create policy app_insert on %s for insert to zaizao_app with check (%s)', target, own);
    if kind <> 'append' then
      execute format('create policy app_update on %s for update to zaizao_app using (%s) with check (%s)',
        target, own, own);
      execute format('create policy app_delete on %s for delete to zaizao_app using (%s)', target, own);
    end if;
  end if;
  if system_too or kind = 'reference' then
    execute format('grant select, insert, update, delete on %s to zaizao_system', target);
    execute format('create policy system_all on %s to zaizao_system using (true) with check (true)', target);
  end if;
  execute format('comment on table %s is %L', target, 'protect:' || kind);
end $$;

create table zaizao.idempotency (
  org_id int not null,
  actor text not null,
  key text not null,
  route text not null,
  body_sha256 text not null,
  status int not null,
  response jsonb,
  created_at timestamptz not null,
  primary key (org_id, actor, key)
);
select zaizao.protect('zaizao.idempotency', 'tenant', system_too => true);

create table zaizao.audit (
  org_id int not null,
  id text not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text,
  detail jsonb not null,
  request_id text not null,
  primary key (org_id, id)
);
create index audit_subject on zaizao.audit (org_id, subject, at desc);
create index audit_at on zaizao.audit (org_id, at desc, id desc);
select zaizao.protect('zaizao.audit', 'append');

create table zaizao.outbox (
  org_id int not null,
  id text not null,
  topic text not null,
  aggregate text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  attempts int not null default 0,
  next_at timestamptz not null,
  parked_at timestamptz,
  last_error text,
  primary key (org_id, id)
);
create index outbox_due on zaizao.outbox (next_at, id) where parked_at is null;
select zaizao.protect('zaizao.outbox', 'tenant', system_too => true);

create table zaizao.inbox (
  org_id int not null,
  subscriber text not null,
  event_id text not null,
  done_at timestamptz not null,
  primary key (org_id, subscriber, event_id)
);
select zaizao.protect('zaizao.inbox', 'tenant', system_too => true);
