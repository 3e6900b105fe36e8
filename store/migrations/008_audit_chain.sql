-- Each entry of the audit bears a digest over itself and the digest before it, so that what is changed,
-- taken out or put in later shows. Entries that are older than this file are linked when it is applied.

alter table audit add column previous varchar;
alter table audit add column digest varchar;
comment on column audit.previous is 'Digest of the entry before; empty for the first';
comment on column audit.digest is 'SHA-256 over previous, entry, done_at, who, action and detail (store/chain.py)';
insert into head values ('audit_digest', '');
comment on column head.name is 'data_version (raised by every change that can alter a figure), sample (yes: invented data) or audit_digest (digest of the last entry of the audit)';
