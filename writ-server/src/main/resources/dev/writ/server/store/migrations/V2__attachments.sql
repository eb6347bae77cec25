-- Bytes that facts refer to. Payloads and keys can be erased; what is content-addressed cannot change.

create table workflow_key (
  workflow text not null,
  master_key text not null,
  wrapped bytea not null,
  constraint workflow_key_is_one_a_workflow primary key (workflow),
  constraint workflow_key_is_short check (octet_length(wrapped) between 1 and 4096),
  constraint workflow_key_names_are_short
    check (length(workflow) between 1 and 64 and length(master_key) between 1 and 256)
);

comment on table workflow_key is
  'Keys that wrap the keys of payloads. Erasing a workflow''s key erases what is sealed under it.';
comment on column workflow_key.workflow is 'Id of the workflow.';
comment on column workflow_key.master_key is 'Name of the master key that wraps it.';
comment on column workflow_key.wrapped is 'The key, wrapped.';

create table payload (
  id text not null,
  workflow text not null,
  wrapped_key bytea not null,
  sealed bytea not null,
  constraint payload_has_one_id primary key (id),
  constraint payload_names_are_short
    check (length(id) between 1 and 64 and length(workflow) between 1 and 64),
  constraint payload_key_is_short check (octet_length(wrapped_key) between 1 and 4096),
  constraint payload_has_at_most_16_mib check (octet_length(sealed) between 1 and 16777216)
);
alter table payload alter column sealed set storage external;

comment on table payload is
  'Sealed free text, names, arguments and results: what may have to be forgotten. The log keeps only digests.';
comment on column payload.id is 'Id by which facts refer to it.';
comment on column payload.workflow is 'Workflow whose key wraps its key.';
comment on column payload.wrapped_key is 'The payload''s own key, wrapped by the workflow''s.';
comment on column payload.sealed is 'Nonce, ciphertext and tag.';

create table blob (
  digest bytea not null,
  bytes bytea not null,
  constraint blob_is_stored_once primary key (digest),
  constraint blob_is_named_by_its_digest check (digest = sha256(bytes)),
  constraint blob_has_at_most_16_mib check (octet_length(bytes) <= 16777216)
);

comment on table blob is
  'Content-addressed bytes that facts refer to: policies, catalogue and entity slices. Insert-only.';
comment on column blob.digest is 'SHA-256 of the bytes.';
comment on column blob.bytes is 'The bytes.';

create trigger blob_is_insert_only
  before update or delete or truncate on blob
  for each statement execute function refuse_change();

create table snapshot_chunk (
  size bigint not null,
  index integer not null,
  bytes bytea not null,
  constraint snapshot_chunk_has_one_place primary key (size, index),
  constraint snapshot_chunk_is_of_entries check (size > 0),
  constraint snapshot_chunk_counts_from_zero check (index >= 0),
  constraint snapshot_chunk_has_at_most_2_mib check (octet_length(bytes) <= 2097152)
);

comment on table snapshot_chunk is
  'States of the fold, to start from, in chunks. One is believed only if a fact of the log names its hash.';
comment on column snapshot_chunk.size is 'How many entries the snapshot is the fold of.';
comment on column snapshot_chunk.index is 'Which chunk of it, from 0.';
comment on column snapshot_chunk.bytes is 'The bytes.';

create table checkpoint (
  origin text not null,
  size bigint not null,
  note bytea not null,
  constraint checkpoint_is_one_a_size primary key (origin, size),
  constraint checkpoint_size_is_not_negative check (size >= 0),
  constraint checkpoint_is_short
    check (length(origin) between 1 and 256 and octet_length(note) between 1 and 65535)
);

comment on table checkpoint is
  'Checkpoints that left this house, kept to prove later that the log they saw is this one.';
comment on column checkpoint.origin is 'Origin line: the epoch''s name.';
comment on column checkpoint.size is 'How many entries it covers.';
comment on column checkpoint.note is 'The signed note (C2SP signed-note).';

create trigger checkpoint_is_insert_only
  before update or truncate on checkpoint
  for each statement execute function refuse_change();

grant select, insert, delete on workflow_key, payload, checkpoint to writ_node;
grant select, insert, update, delete on snapshot_chunk to writ_node;
grant select, insert on blob to writ_node;
