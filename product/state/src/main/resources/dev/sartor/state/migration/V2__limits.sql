-- What a key or a tenant may use; the name * stands for each that has no row of its own. Money is in billionths.
CREATE TABLE limits (
    kind            TEXT NOT NULL,
    name            TEXT NOT NULL,
    requests_minute BIGINT,
    tokens_minute   BIGINT,
    concurrent      BIGINT,
    budget_nanos    BIGINT,
    PRIMARY KEY (kind, name)
);
INSERT INTO changes (kind, count) VALUES ('limits', 0);

-- What a token costs; the model * stands for each that has no row of its own.
CREATE TABLE prices (
    model            TEXT PRIMARY KEY,
    prompt_nanos     BIGINT NOT NULL,
    completion_nanos BIGINT NOT NULL
);

-- What is left to whoever has limits. Requests and tokens that are left are in sixty-thousandths, so that a minute's limit
-- fills up by a whole number each millisecond.
CREATE TABLE accounts (
    kind          TEXT NOT NULL,
    name          TEXT NOT NULL,
    requests_left BIGINT NOT NULL,
    tokens_left   BIGINT NOT NULL,
    filled        BIGINT NOT NULL,
    running       BIGINT NOT NULL,
    held_tokens   BIGINT NOT NULL,
    held_nanos    BIGINT NOT NULL,
    month         TEXT NOT NULL,
    spent_nanos   BIGINT NOT NULL,
    PRIMARY KEY (kind, name)
);
INSERT INTO changes (kind, count) VALUES ('accounts', 0);

-- What requests that run may take. The server that holds one prolongs it; what it left behind is let go after a while.
CREATE TABLE reservations (
    id          TEXT PRIMARY KEY,
    server      TEXT NOT NULL,
    lasts_until BIGINT NOT NULL,
    key_name    TEXT,
    tenant      TEXT,
    model       TEXT NOT NULL,
    prompt      BIGINT NOT NULL,
    completion  BIGINT NOT NULL,
    nanos       BIGINT NOT NULL
);

-- What was used, for whoever has limits or none.
CREATE TABLE used (
    month      TEXT NOT NULL,
    tenant     TEXT NOT NULL,
    key_name   TEXT NOT NULL,
    model      TEXT NOT NULL,
    requests   BIGINT NOT NULL,
    prompt     BIGINT NOT NULL,
    completion BIGINT NOT NULL,
    nanos      BIGINT NOT NULL,
    PRIMARY KEY (month, tenant, key_name, model)
);
