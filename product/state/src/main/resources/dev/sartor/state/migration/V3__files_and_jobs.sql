-- Understood by SQLite and by PostgreSQL. Times are milliseconds since 1970. A place is the folder that the files lie in.

CREATE TABLE files (
    id      VARCHAR(60) PRIMARY KEY,
    place   VARCHAR(60) NOT NULL,
    owner   VARCHAR(300) NOT NULL,
    name    VARCHAR(800) NOT NULL,
    bytes   BIGINT NOT NULL,
    purpose VARCHAR(40) NOT NULL,
    created BIGINT NOT NULL,
    sha256  VARCHAR(64) NOT NULL
);
CREATE INDEX files_of_owners ON files (place, owner, created, id);

-- What is asked and what came of it stands in body, as JSON.
CREATE TABLE jobs (
    id      VARCHAR(60) PRIMARY KEY,
    place   VARCHAR(60) NOT NULL,
    kind    VARCHAR(40) NOT NULL,
    owner   VARCHAR(300) NOT NULL,
    status  VARCHAR(40) NOT NULL,
    created BIGINT NOT NULL,
    body    TEXT NOT NULL
);
CREATE INDEX jobs_of_owners ON jobs (place, kind, owner, created, id);

-- Numbered from 1 in each job.
CREATE TABLE job_events (
    job     VARCHAR(60) NOT NULL,
    number  BIGINT NOT NULL,
    created BIGINT NOT NULL,
    level   VARCHAR(10) NOT NULL,
    message TEXT NOT NULL,
    metrics TEXT NOT NULL,
    PRIMARY KEY (job, number)
);
