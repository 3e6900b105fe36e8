-- What units say about the tasks of a plan: status, day of finish, evidence, and the cells they stand in.

create table milestone_status (
    unit varchar not null,
    submission bigint not null,
    milestone varchar not null,
    status varchar not null,
    done_on date,
    evidence varchar,
    note varchar,
    sheet varchar not null,
    row_cells varchar not null,
    primary key (unit, submission, milestone)
);
comment on table milestone_status is 'One task of a plan as one unit reported it in one submission; a later submission says it anew';
comment on column milestone_status.unit is 'Key of the reporting unit';
comment on column milestone_status.submission is 'Submission the status belongs to';
comment on column milestone_status.milestone is 'Milestone of the plan';
comment on column milestone_status.status is 'not_started, under_way, done or not_applicable; whether it is late is computed';
comment on column milestone_status.done_on is 'Day of finish, null unless done';
comment on column milestone_status.evidence is 'Document number or link';
comment on column milestone_status.note is 'Remark of the unit';
comment on column milestone_status.sheet is 'Sheet in the original file';
comment on column milestone_status.row_cells is 'JSON: status, date, evidence and note to cell address';
