-- Who may come in. Passwords and session secrets are never kept, only what they can be checked against.

create table account (
    name varchar primary key,
    label varchar not null,
    role varchar not null,
    unit varchar,
    password_hash varchar,
    must_change boolean not null,
    created_at timestamp not null,
    created_by varchar not null,
    disabled_at timestamp
);
comment on table account is 'One person (or office) that may sign in; never deleted, so that old entries keep their name';
comment on column account.name is 'What is typed to sign in, in small letters';
comment on column account.label is 'How the person is called on the pages';
comment on column account.role is 'county, department, reviewer, leader or administrator';
comment on column account.unit is 'Key of the county or department whose data the account is limited to; null for other roles';
comment on column account.password_hash is 'argon2id hash with its salt and cost; null: signs in through the identity provider only';
comment on column account.must_change is 'The password was set by somebody else and has to be changed at the next sign-in';
comment on column account.created_at is 'When the account was made (server time)';
comment on column account.created_by is 'Account that made it';
comment on column account.disabled_at is 'Since when it may not sign in; null while it may';

create table visit (
    fingerprint varchar primary key,
    account varchar not null,
    started_at timestamp not null,
    seen_at timestamp not null,
    ends_at timestamp not null,
    address varchar not null,
    agent varchar not null,
    ended_at timestamp,
    ended_why varchar
);
comment on table visit is 'One sign-in of one browser: lives until it is ended, idle too long or too old';
comment on column visit.fingerprint is 'SHA-256 of the secret in the browser''s cookie; the secret itself is not kept';
comment on column visit.account is 'Account that signed in';
comment on column visit.started_at is 'When it signed in (server time)';
comment on column visit.seen_at is 'When it was last seen, to the minute';
comment on column visit.ends_at is 'When it ends at the latest';
comment on column visit.address is 'Network address it signed in from';
comment on column visit.agent is 'Browser, as it named itself';
comment on column visit.ended_at is 'When it was ended; null while it may go on';
comment on column visit.ended_why is 'signed_out, signed_out_everywhere, password, disabled, administrator or restored';

create table sign_in_try (
    account_key varchar not null,
    address varchar not null,
    tried_at timestamp not null
);
comment on table sign_in_try is 'Sign-ins that failed lately; forgotten once one succeeds';
comment on column sign_in_try.account_key is 'SHA-256 of the name that was typed: a password typed in the wrong box is not kept';
comment on column sign_in_try.address is 'Network address it came from';
comment on column sign_in_try.tried_at is 'When it was tried (server time)';
