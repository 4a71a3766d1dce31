-- Understood by SQLite and by PostgreSQL. Times are milliseconds since 1970.

-- One row for each kind of thing that servers follow: it grows by one with each change.
CREATE TABLE changes (
    kind  VARCHAR(40) PRIMARY KEY,
    count BIGINT NOT NULL
);
INSERT INTO changes (kind, count) VALUES ('keys', 0);

-- A key stands here by its SHA-256 alone.
CREATE TABLE api_keys (
    id          VARCHAR(40) PRIMARY KEY,
    sha256      VARCHAR(64) NOT NULL UNIQUE,
    tenant      VARCHAR(200),
    holder      VARCHAR(200),
    groups_json VARCHAR(30000) NOT NULL,
    scopes_json VARCHAR(1000) NOT NULL,
    created     BIGINT NOT NULL,
    expires     BIGINT,
    revoked     BIGINT,
    replaced_by VARCHAR(40)
);
