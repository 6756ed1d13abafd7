-- Measuring instruments and their calibrations. The newest calibration stands on the instrument,
-- every one of them in calibration.

create schema instruments;

create table instruments.instrument (
  org_id int not null,
  id text not null,
  code text not null,
  name text not null,
  kind text not null,
  maker text,
  model text,
  serial text,
  uncertainty text,
  interval_days int not null check (interval_days between 1 and 3660),
  calibrated_on date,
  due_on date,
  active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, code),
  check ((calibrated_on is null) = (due_on is null)),
  check (due_on >= calibrated_on)
);
create index instrument_kind on instruments.instrument (org_id, kind, id);
create index instrument_due on instruments.instrument (org_id, due_on, id);
select zaizao.protect('instruments.instrument', 'tenant');

create table instruments.calibration (
  org_id int not null,
  instrument_id text not null,
  id text not null,
  calibrated_on date not null,
  due_on date not null,
  good boolean not null,
  certificate_no text not null,
  laboratory text not null,
  document text,
  by_whom text not null,
  at timestamptz not null,
  primary key (org_id, instrument_id, id),
  foreign key (org_id, instrument_id) references instruments.instrument (org_id, id),
  check (due_on >= calibrated_on)
);
select zaizao.protect('instruments.calibration', 'append');
