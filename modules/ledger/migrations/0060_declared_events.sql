-- Error declarations by the id of their event: whoever writes many events at once asks whether one of
-- them was declared wrong before it came, which hardly ever is so.
create index event_declared on ledger.event (org_id, event_id) where declared_us <> 0;
