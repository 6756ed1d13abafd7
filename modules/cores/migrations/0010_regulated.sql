-- One of the five assemblies, or a kind that may not be imported used: shown wherever the core is.
alter table cores.core add column regulated boolean not null default false;
