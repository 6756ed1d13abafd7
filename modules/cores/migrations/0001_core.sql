create schema cores;

create table cores.core (
  org_id int not null,
  id text not null,
  code text not null,
  epc text not null,
  state text not null check (state in ('quoted','accepted','in-transit','received','graded','disputed',
    'stocked','allocated','torn-down','returned','scrapped','declined')),
  life int not null check (life >= 1),
  part_id text,
  part jsonb,
  reasons jsonb not null default '[]',
  number_seen text not null,
  identified_by text check (identified_by in ('number','interchange','photo','person','unit')),
  programme_id text,
  supplier_id text,
  supplier_org int,
  channel text not null,
  donor jsonb,
  imported boolean not null,
  bonded boolean not null,
  claimed_grade text,
  grade text check (grade in ('A','B','C','R')),
  quoted_fen bigint check (quoted_fen >= 0),
  credit_fen bigint check (credit_fen >= 0),
  credited_at timestamptz,
  by_deposit boolean not null default false,
  photos text[] not null,
  mass_g int check (mass_g > 0),
  place text,
  previous_unit_id text,
  pick_up_address text,
  dispute_reason text,
  disputed_at timestamptz,
  received_at timestamptz,
  graded_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz not null,
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, code),
  check (grade is null or part_id is not null),
  check (credited_at is null or grade is not null),
  -- what a deposit gives back is not paid a second time
  check (credited_at is null or not by_deposit)
);
create index core_state on cores.core (org_id, state, id desc);
create index core_part on cores.core (org_id, part_id, id desc);
create index core_supplier on cores.core (supplier_org, id desc) where supplier_org is not null;
create index core_epc on cores.core (org_id, epc);
select zaizao.protect('cores.core', 'shared', 'supplier_org');

-- What the owner reckons a core to be worth; never shown to the supplier.
create table cores.valuation (
  org_id int not null,
  core_id text not null,
  figures jsonb not null,
  made_at timestamptz not null,
  primary key (org_id, core_id),
  foreign key (org_id, core_id) references cores.core (org_id, id)
);
select zaizao.protect('cores.valuation', 'tenant');

-- Every grading ever made, with the programme version that judged it.
create table cores.grading (
  org_id int not null,
  id text not null,
  core_id text not null,
  programme_id text not null,
  programme_version int not null,
  grade text not null check (grade in ('A','B','C','R')),
  credit_fen bigint not null,
  answers jsonb not null,
  reasons jsonb not null,
  photos jsonb not null,
  note text,
  graded_by text not null,
  graded_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, core_id) references cores.core (org_id, id)
);
create index grading_core on cores.grading (org_id, core_id, id);
select zaizao.protect('cores.grading', 'append');

-- The primary key is the law: a core's credit is given once.
create table cores.credit (
  org_id int not null,
  core_id text not null,
  amount_fen bigint not null check (amount_fen >= 0),
  supplier_id text,
  given_at timestamptz not null,
  given_by text not null,
  primary key (org_id, core_id),
  foreign key (org_id, core_id) references cores.core (org_id, id)
);
select zaizao.protect('cores.credit', 'append');
