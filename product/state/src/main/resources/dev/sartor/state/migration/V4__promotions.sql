-- Understood by SQLite and by PostgreSQL. Times are milliseconds since 1970. The tenant '' is nobody: what is there for all.

-- Versions of prompts that were promoted once, by what they say; the SHA-256 of content is the digest.
CREATE TABLE prompt_versions (
    project  VARCHAR(200) NOT NULL,
    task     VARCHAR(200) NOT NULL,
    tenant   VARCHAR(200) NOT NULL,
    digest   VARCHAR(64) NOT NULL,
    content  TEXT NOT NULL,
    promoted BIGINT NOT NULL,
    PRIMARY KEY (project, task, tenant, digest)
);

-- Which of them counts.
CREATE TABLE promotions (
    project VARCHAR(200) NOT NULL,
    task    VARCHAR(200) NOT NULL,
    tenant  VARCHAR(200) NOT NULL,
    digest  VARCHAR(64) NOT NULL,
    PRIMARY KEY (project, task, tenant)
);
INSERT INTO changes (kind, count) VALUES ('promotions', 0);
