-- What a customer pays with an order pays its deposits too: the receivable ends, the bank has the money.
alter table deposits.posting drop constraint posting_kind_check;
alter table deposits.posting add constraint posting_kind_check check (kind in ('charge', 'pay-in', 'credit',
  'forfeit', 'pay-out', 'cancel', 'regrade-up', 'regrade-down', 'pay-back'));
