-- The audit trail is committed to the ledger's log in batches: each row says in which one, once it is.
-- Background work reads all organisations' rows and sets this column, and nothing else of them.
alter table zaizao.audit add column batch bigint;
create index audit_waiting on zaizao.audit (org_id, id) where batch is null;
create index audit_batch on zaizao.audit (org_id, batch, id) where batch is not null;
grant select, update (batch) on zaizao.audit to zaizao_system;
create policy system_all on zaizao.audit to zaizao_system using (true) with check (true);
