-- Pictures beside a programme's question: what is good and what is not. They explain a rule and are no
-- part of it, so they belong to the code of the programme, not to one version, and stay out of the workbook.
create table catalog.criterion_sample (
  org_id int not null,
  id text not null,
  part_id text not null,
  programme_code text not null,
  criterion_code text not null,
  shows text not null check (shows in ('good', 'bad')),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  added_by text not null,
  added_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, part_id, programme_code, criterion_code, sha256),
  foreign key (org_id, part_id) references catalog.part (org_id, id)
);
select zaizao.protect('catalog.criterion_sample', 'tenant');
