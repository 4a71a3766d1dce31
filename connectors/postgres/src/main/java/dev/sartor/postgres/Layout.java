package dev.sartor.postgres;

import dev.sartor.core.SartorException;
import java.sql.Connection;
import java.sql.SQLException;

/// The index's schema in the database: made where there is none, and refused where it is something else.
record Layout(PostgresAddress address) {
    /// Counts changes to the tables.
    static final int VERSION = 2;

    /// The first: without a record of what was forgotten. It is searched as it is, and whoever writes it changes it.
    private static final int FIRST = 1;

    /// pgvector's first with HNSW.
    private static final String OLDEST_VECTOR = "0.5";

    private static final String MADE =
            """
            create schema {schema};
            create table {schema}.layout(version int not null);
            insert into {schema}.layout values (1);
            create table {schema}.generations(
                number int primary key,
                made_with text not null,
                served boolean not null default false);
            create function {schema}.admits(clauses jsonb, asker text) returns boolean
                language sql stable parallel safe as $$
                select asker is not null and not exists (
                    select 1 from jsonb_array_elements(clauses) clause
                    where not exists (
                        select 1 from jsonb_array_elements_text(clause) name
                        where case when name like '!%'
                            then not asker::jsonb ? substr(name, 2)
                            else asker::jsonb ? name end))
            $$;
            """;

    /// Digests of paths and contents: of what was forgotten, and of what was removed and whose bytes may still be in the tables'
    /// files. Nobody but the owner sees them.
    private static final String SECOND =
            """
            create table {schema}.forgotten(number int primary key,
                path text not null check (path ~ '^[0-9a-f]{64}$'),
                content text not null check (content ~ '^([0-9a-f]{64})?$'), at text not null);
            alter table {schema}.forgotten enable row level security;
            create table {schema}.removed(path text primary key);
            alter table {schema}.removed enable row level security;
            update {schema}.layout set version = 2;
            """;

    /// The database's statistics of a column hold some of its values, also of rows that are gone: none are kept of columns that no
    /// question compares.
    private static final String WITHOUT_STATISTICS =
            """
            alter table {rules} alter column rule set statistics 0, alter column clauses set statistics 0;
            alter table {documents} alter column state set statistics 0, alter column whole set statistics 0;
            alter table {passages} alter column id set statistics 0, alter column title set statistics 0,
                alter column section set statistics 0, alter column text set statistics 0;
            alter table {vectors} alter column embedding set statistics 0;
            """;

    /// A passage and what was made of it carry the number of their rule: the search asks for the rules that admit the asker, and
    /// so does the policy of whoever is not the owner. Vectors are apart from texts, and never moved out of their row.
    private static final String GENERATION =
            """
            create table {rules}(number int primary key, rule text not null, clauses jsonb not null,
                vectors int not null default 0);
            create table {documents}(number int primary key, path text collate "C" not null,
                rule int not null, state text not null, metadata jsonb not null, whole vector);
            create table {passages}(number int primary key, document int not null, rule int not null,
                place int not null, id text not null, title text not null, section text not null,
                text text not null, first_page int not null, last_page int not null,
                language text, content text not null, tokens int not null, words int[] not null);
            create table {vectors}(passage int primary key, document int not null, rule int not null,
                embedding vector not null);
            alter table {vectors} alter column embedding set storage plain;
            create table {words}(number int primary key, field text collate "C" not null,
                word text collate "C" not null, passages int not null, unique(field, word))
                with (fillfactor = 70);
            create table {fields}(field text primary key, passages int not null, tokens bigint not null);
            create table {postings}(word int not null, passage int not null, rule int not null,
                frequency int not null, length int not null);
            create function {wordsOf}(fields text[], asked text[])
                returns table(number int, field text, word text, passages int, held int, tokens bigint)
                language sql stable security definer set search_path = pg_catalog as $$
                select w.number, w.field, w.word, w.passages, f.passages, f.tokens
                from unnest(fields, asked) a(field, word)
                join {words} w on w.field = a.field and w.word = a.word
                join {fields} f on f.field = w.field
                where w.passages > 0
            $$;
            """;

    private static final String INDEXES =
            """
            create index on {documents} using hash(path);
            create index on {documents}(rule);
            create index on {documents} using gin(metadata jsonb_path_ops);
            create index on {passages}(document);
            create index on {passages} using hash(content);
            create index on {vectors}(document);
            create index on {vectors}(rule);
            create unique index on {postings}(word, passage) include (rule, frequency, length);
            """;

    /// Names of tables are made of letters, digits and _ alone ({@link PostgresAddress}).
    private static final String POLICY =
            """
            alter table {table} enable row level security;
            create policy readers on {table} for select using ({condition});
            """;

    /// @throws SartorException a user's error where pgvector or the schema is none to work with
    void check(Connection connection) throws SQLException {
        var version =
                Sql.text(
                        connection, "select extversion from pg_extension where extname = 'vector'");
        if (version.isPresent() && Versions.isOlder(version.get(), OLDEST_VECTOR)) {
            throw SartorException.user(
                    "pgvector must be "
                            + OLDEST_VECTOR
                            + " or newer, the database of "
                            + address
                            + " has "
                            + version.get()
                            + ": install a newer one there, then run ALTER EXTENSION vector UPDATE.");
        }
        if (!isThere(connection)) {
            return;
        }
        if (Sql.text(connection, "select to_regclass(?)::text", address.schema() + ".layout")
                .isEmpty()) {
            throw SartorException.user(
                    "the schema "
                            + address.schema()
                            + " of "
                            + address
                            + " is no index: name another one with ?schema=NAME, which is made.");
        }
        int layout = Sql.number(connection, "select version from " + address.schema() + ".layout");
        if (layout < FIRST || layout > VERSION) {
            throw SartorException.user(
                    "the index in "
                            + address
                            + " has the layout "
                            + layout
                            + ", this Sartor knows "
                            + VERSION
                            + ": "
                            + (layout > VERSION
                                    ? "use the newer Sartor that made it, or another ?schema=NAME."
                                    : "name another ?schema=NAME, which is made anew."));
        }
    }

    boolean isThere(Connection connection) throws SQLException {
        return Sql.text(
                        connection,
                        "select nspname from pg_namespace where nspname = ?",
                        address.schema())
                .isPresent();
    }

    /// Makes the schema, or brings an older one to this layout; in the connection's transaction.
    void make(Connection connection) throws SQLException {
        if (!isThere(connection)) {
            extend(connection);
            Sql.run(connection, MADE.replace("{schema}", address.schema()));
        }
        int layout = Sql.number(connection, "select version from " + address.schema() + ".layout");
        if (layout == FIRST) {
            Sql.run(connection, SECOND.replace("{schema}", address.schema()));
            var generations = new Generations(address);
            for (var each : generations.all(connection)) {
                run(connection, WITHOUT_STATISTICS, generations.tables(each.number()));
            }
        }
    }

    private void extend(Connection connection) throws SQLException {
        var there =
                Sql.text(connection, "select 1 from pg_extension where extname = 'vector'")
                        .isPresent();
        if (there) {
            return;
        }
        try {
            Sql.run(connection, "create extension vector");
        } catch (SQLException e) {
            throw SartorException.user(
                    "the database of "
                            + address
                            + " has no pgvector ("
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + "): install it on the server, such as by `apt install"
                            + " postgresql-16-pgvector`, and let its owner run CREATE EXTENSION vector.",
                    e);
        }
    }

    void makeGeneration(Connection connection, Tables tables) throws SQLException {
        makeTables(connection, tables);
        makeIndexes(connection, tables);
    }

    /// Those of a generation, which are filled faster before they have indexes.
    void makeTables(Connection connection, Tables tables) throws SQLException {
        run(connection, GENERATION + WITHOUT_STATISTICS, tables);
        var admits =
                address.schema()
                        + ".admits(clauses, nullif(current_setting('sartor.principals', true), ''))";
        Sql.run(connection, policy(tables.rules(), admits));
        var readable = "rule in (select number from " + tables.rules() + ")";
        for (var table :
                new String[] {
                    tables.documents(), tables.passages(), tables.vectors(), tables.postings()
                }) {
            Sql.run(connection, policy(table, readable));
        }
        // Nobody but the owner lists the words of all documents.
        Sql.run(connection, policy(tables.words(), "false"));
    }

    void makeIndexes(Connection connection, Tables tables) throws SQLException {
        run(connection, INDEXES, tables);
    }

    void dropGeneration(Connection connection, Tables tables) throws SQLException {
        Sql.run(connection, "drop function if exists " + tables.wordsOf());
        for (var table : tables.all().reversed()) {
            Sql.run(connection, "drop table if exists " + table);
        }
    }

    private static void run(Connection connection, String statements, Tables tables)
            throws SQLException {
        Sql.run(
                connection,
                statements
                        .replace("{rules}", tables.rules())
                        .replace("{documents}", tables.documents())
                        .replace("{passages}", tables.passages())
                        .replace("{vectors}", tables.vectors())
                        .replace("{words}", tables.words())
                        .replace("{fields}", tables.fields())
                        .replace("{postings}", tables.postings())
                        .replace("{wordsOf}", tables.wordsOf()));
    }

    private static String policy(String table, String condition) {
        return POLICY.replace("{table}", table).replace("{condition}", condition);
    }
}
