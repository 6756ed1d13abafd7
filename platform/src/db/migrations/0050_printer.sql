-- Label printers in the organisation's own network.
create table zaizao.printer (
  org_id int not null,
  id text not null,
  name text not null,
  place text not null default '',
  host text not null,
  port int not null check (port in (9100, 6101)),
  media text not null,
  dpmm int not null check (dpmm between 6 and 24),
  added_by text not null,
  added_at timestamptz not null,
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, name)
);
select zaizao.protect('zaizao.printer', 'tenant');
