-- How a product comes apart: what holds its positions together, and what is said of each position
-- or group of positions as something to take out. Both are documents of a part like its bill of material.

alter table catalog.revision drop constraint revision_doc_check;
alter table catalog.revision add constraint revision_doc_check
  check (doc in ('bom', 'route', 'joins', 'removal'));

create table catalog.join_item (
  org_id int not null,
  part_id text not null,
  version int not null,
  code text not null,
  name_zh text not null,
  name_en text not null,
  kind text not null,
  -- positions of the bill of material that it holds together
  parts int[] not null check (cardinality(parts) >= 2),
  -- codes of joins that are in the way
  after text[] not null,
  seconds int not null check (seconds >= 0),
  tool text not null default '',
  direction text not null default '',
  hazard int not null default 0 check (hazard between 0 and 10),
  hazard_zh text not null default '',
  hazard_en text not null default '',
  destructive boolean not null default false,
  seized_pct numeric(6, 2) check (seized_pct between 0 and 100),
  force_fen bigint check (force_fen >= 0),
  crew int not null default 1 check (crew between 1 and 12),
  skill text not null default '',
  zone text not null default '',
  basis text not null default '',
  primary key (org_id, part_id, version, code)
);
select zaizao.protect('catalog.join_item', 'append');

create table catalog.removal_item (
  org_id int not null,
  part_id text not null,
  version int not null,
  -- a position of the bill of material as digits, or the code of a group
  item text not null,
  name_zh text not null default '',
  name_en text not null default '',
  -- positions of a group; empty for a position
  members int[] not null,
  must_out boolean not null default false,
  stream text not null default '',
  zone text not null default '',
  whole_fen bigint check (whole_fen >= 0),
  good_pct numeric(6, 2) check (good_pct between 0 and 100),
  look_fen bigint check (look_fen >= 0),
  basis text not null default '',
  primary key (org_id, part_id, version, item)
);
select zaizao.protect('catalog.removal_item', 'append');

-- What a good used part brings.
alter table catalog.price drop constraint price_kind_check;
alter table catalog.price add constraint price_kind_check check (kind in ('new-retail',
  'reman-retail', 'ex-works', 'repair-service', 'used', 'scrap'));
