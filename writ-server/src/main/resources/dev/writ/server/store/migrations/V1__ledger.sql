-- The ledger: one sealed head, the entries, the tiles that are full.
-- Run as the owner of the schema. Nodes work as writ_node, which may add and read, and change the head.

do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'writ_node') then
    begin
      create role writ_node nologin;
    exception
      -- Roles belong to the whole cluster: another database's migration may be making it now.
      when duplicate_object or unique_violation then null;
    end;
  end if;
  begin
    execute format('grant writ_node to %I', current_user);
  exception
    -- Whoever made the role beforehand says who may take it.
    when insufficient_privilege then null;
  end;
end
$$;

grant usage on schema writ to writ_node;
grant select on schema_history to writ_node;

create table head (
  sole boolean not null default true,
  body bytea,
  seal bytea,
  constraint head_is_one_row primary key (sole),
  constraint head_sole_is_always_true check (sole),
  constraint head_is_sealed_once_written check ((body is null) = (seal is null)),
  constraint head_body_is_short check (octet_length(body) between 1 and 65535),
  constraint head_seal_is_short check (octet_length(seal) between 1 and 1024)
) with (fillfactor = 10);

comment on table head is
  'Where the log ends. Locking its one row is holding the pen; without a body nothing was written yet.';
comment on column head.sole is 'Always true: there is one head.';
comment on column head.body is 'Canonical JSON of origin, size, root, frontier, time, batch and holder.';
comment on column head.seal is 'Seal over the body by a key that only nodes hold.';

insert into head (sole) values (true);
grant select, update (body, seal) on head to writ_node;

create table entry (
  position bigint not null,
  bytes bytea not null,
  constraint entry_has_one_position primary key (position),
  constraint entry_position_counts_from_zero check (position >= 0),
  constraint entry_has_at_most_65535_bytes check (octet_length(bytes) between 1 and 65535)
) partition by range (position);

comment on table entry is
  'The facts, in the order of the decisions. Insert-only, partitioned by position, no index but the key.';
comment on column entry.position is 'Place in the log, from 0, without gaps.';
comment on column entry.bytes is 'One fact as canonical JSON, exactly as hashed.';

create table tile (
  level smallint not null,
  index bigint not null,
  hashes bytea not null,
  constraint tile_has_one_place primary key (level, index),
  constraint tile_level_is_possible check (level between 0 and 8),
  constraint tile_index_counts_from_zero check (index >= 0),
  constraint tile_is_full check (octet_length(hashes) = 8192)
);
alter table tile alter column hashes set storage external;

comment on table tile is 'Full hash tiles of the log (C2SP tlog-tiles): 256 hashes each. Insert-only.';
comment on column tile.level is '0 for leaf hashes, one more for each 256-fold.';
comment on column tile.index is 'Which tile of its level, from 0.';
comment on column tile.hashes is '256 SHA-256 hashes.';

create function refuse_change() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'restrict_violation',
    message = format('%s is written once: %s refused', tg_table_name, lower(tg_op)),
    schema = tg_table_schema,
    table = tg_table_name,
    constraint = tg_name;
end
$$;

comment on function refuse_change() is 'Refuses every change of an insert-only table, whoever asks.';

create trigger entry_is_insert_only
  before update or delete or truncate on entry
  for each statement execute function refuse_change();

create trigger tile_is_insert_only
  before update or delete or truncate on tile
  for each statement execute function refuse_change();

grant select, insert on entry, tile to writ_node;

-- A partition holds 2^22 positions: a whole number of tiles of levels 0 and 1.
create function make_entry_partitions(ahead integer) returns bigint
  language plpgsql
  security definer
  set search_path = writ, pg_catalog, pg_temp
as $$
declare
  width constant bigint := 4194304;
  made bigint;
  wanted bigint;
  name text;
begin
  if ahead not between 1 and 64 then
    raise exception using
      errcode = 'invalid_parameter_value',
      message = format('partitions are made 1 to 64 ahead, not %s', ahead);
  end if;
  perform pg_advisory_xact_lock(hashtextextended('writ.make_entry_partitions', 0));
  select coalesce(max(substr(c.relname, 7)::bigint) + 1, 0) into made
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'entry'::regclass;
  select coalesce(max(position), -1) / width + 1 + ahead into wanted from entry;
  while made < wanted loop
    name := 'entry_' || lpad(made::text, 8, '0');
    execute format('create table %I (like entry including all)', name);
    execute format('comment on table %I is %L', name,
      format('Entries %s to %s.', made * width, (made + 1) * width - 1));
    execute format(
      'create trigger entry_is_insert_only before update or delete or truncate on %I'
      ' for each statement execute function refuse_change()', name);
    execute format(
      'alter table entry attach partition %I for values from (%s) to (%s)',
      name, made * width, (made + 1) * width);
    made := made + 1;
  end loop;
  return made * width;
end
$$;

comment on function make_entry_partitions(integer) is
  'Makes the partitions for that many times 4,194,304 positions past the last entry; returns the first position without one.';

revoke all on function make_entry_partitions(integer) from public;
grant execute on function make_entry_partitions(integer) to writ_node;

do $$ begin perform make_entry_partitions(2); end $$;
