-- Photos whose part a person confirmed by grading the core: what recognition learns from. A photo teaches once.
create table cores.known_photo (
  org_id int not null,
  photo text not null check (photo ~ '^[0-9a-f]{64}$'),
  core_id text not null,
  part_id text not null,
  part jsonb not null,
  family text not null,
  learnt_at timestamptz not null,
  primary key (org_id, photo),
  foreign key (org_id, core_id) references cores.core (org_id, id)
);
create index known_photo_newest on cores.known_photo (org_id, learnt_at desc);
select zaizao.protect('cores.known_photo', 'tenant');

-- What a photo shows, as numbers; of one version of the descriptor.
create table cores.photo_vector (
  org_id int not null,
  photo text not null,
  version int not null,
  vector real[] not null,
  made_at timestamptz not null,
  primary key (org_id, photo, version)
);
select zaizao.protect('cores.photo_vector', 'append');

-- What was said about a photo, with how well founded it was then.
create table cores.recognition (
  org_id int not null,
  photo text not null,
  job_id text not null,
  result jsonb,
  asked_at timestamptz not null,
  primary key (org_id, photo)
);
select zaizao.protect('cores.recognition', 'tenant');
