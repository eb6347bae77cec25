-- What lists and searches read. Derived from the entries by a chore, never evidence, safe to drop.

create table projection_entry (
  position bigint not null,
  type text not null,
  workflow text,
  task text,
  actor text not null,
  at timestamptz not null,
  constraint projection_entry_has_one_position primary key (position),
  constraint projection_entry_task_has_a_workflow check (task is null or workflow is not null)
);

comment on table projection_entry is 'Index columns of the entries, behind the log by what its progress says.';
comment on column projection_entry.position is 'Place in the log.';
comment on column projection_entry.type is 'Name of the fact.';
comment on column projection_entry.workflow is 'Workflow it is about, where it is about one.';
comment on column projection_entry.task is 'Task it is about, where it is about one.';
comment on column projection_entry.actor is 'Id of who acted.';
comment on column projection_entry.at is 'When it was decided.';

create index projection_entry_by_type on projection_entry (type, position);
create index projection_entry_by_workflow on projection_entry (workflow, position) where workflow is not null;
create index projection_entry_by_task on projection_entry (task, position) where task is not null;
create index projection_entry_by_actor on projection_entry (actor, position);
create index projection_entry_by_time on projection_entry using brin (at);

create table projection_progress (
  name text not null,
  next bigint not null,
  constraint projection_progress_is_one_a_projection primary key (name),
  constraint projection_progress_is_not_negative check (next >= 0)
);

comment on table projection_progress is 'How far each projection has read the log.';
comment on column projection_progress.name is 'Which projection.';
comment on column projection_progress.next is 'First position it has not read.';

insert into projection_progress (name, next) values ('entry', 0);

grant select, insert, update, delete on projection_entry, projection_progress to writ_node;
