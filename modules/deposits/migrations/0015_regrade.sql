-- A core that is graded anew after a dispute settles its deposit anew: the difference is one more entry,
-- and so is what is paid or paid back for it. The first postings stay as they are.
alter table deposits.posting drop constraint posting_org_id_deposit_id_kind_key;
alter table deposits.posting drop constraint posting_kind_check;
alter table deposits.posting add constraint posting_kind_check check (kind in ('charge', 'credit', 'forfeit',
  'pay-out', 'cancel', 'regrade-up', 'regrade-down', 'pay-back'));
alter table deposits.posting add column round int not null default 1 check (round > 0);
-- each step happens to a deposit once in a round; only what a new grade brings about has further rounds
alter table deposits.posting add constraint posting_once unique (org_id, deposit_id, kind, round);
alter table deposits.posting add constraint posting_round check (round = 1 or kind in ('pay-out', 'pay-back',
  'regrade-up', 'regrade-down'));
