-- Background work: one bounded step at a time, claimed until a deadline under a number that fences.

create table chore (
  name text not null,
  due timestamptz not null,
  holder text,
  deadline timestamptz,
  fence bigint not null default 0,
  constraint chore_has_one_name primary key (name),
  constraint chore_name_is_short check (length(name) between 1 and 128),
  constraint chore_claim_has_a_deadline check ((holder is null) = (deadline is null)),
  constraint chore_fence_is_not_negative check (fence >= 0)
);

comment on table chore is 'Background steps that want to run again, and who is at one now.';
comment on column chore.name is 'Which chore.';
comment on column chore.due is 'When it wants to run next.';
comment on column chore.holder is 'The node that claimed it, while claimed.';
comment on column chore.deadline is 'When the claim ends by itself.';
comment on column chore.fence is 'Number of the last claim: only the newest may finish, and outside steps carry it.';

grant select, insert, update, delete on chore to writ_node;
