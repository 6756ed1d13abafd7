-- Where events stand in the log: one row to a run of events of an organisation that were logged one
-- behind the other, instead of one to each. Runs do not go beyond a checkpoint.
create table ledger.leaf_run (
  org_id int not null,
  first_seq bigint not null,
  first_index bigint not null check (first_index >= 0),
  count int not null check (count between 1 and 2048),
  primary key (org_id, first_seq)
);
create index leaf_run_index on ledger.leaf_run (first_index);
select zaizao.protect('ledger.leaf_run', 'append', system_too => true);

insert into ledger.leaf_run (org_id, first_seq, first_index, count)
select org_id, min(seq), min(log_index), count(*)
from (
  select org_id, seq, log_index, seq - row_number() over (partition by org_id order by seq) as gap
  from ledger.leaf
) l
group by org_id, gap, log_index - seq, div(log_index, 2048);

drop table ledger.leaf;
