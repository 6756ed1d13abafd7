-- The map of histories lives in memory and is made again from thing_entry, which is written in the
-- order of the log: its nodes cost the database more than all the rest of an event.
drop table ledger.map_node;

create index thing_entry_log on ledger.thing_entry using brin (log_index);
