package dev.sartor.state.promotion;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.state.question.SharedQuestion;
import dev.sartor.state.question.Statements;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is promoted as it is at each request: a count of changes is asked for, and the digests are read again where it has grown.
/// While the database cannot be asked, what was known last counts. Thread-safe.
public final class FollowedPromotions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedPromotions.class);

    private final Statements database;
    private final Rows rows;
    private final SharedQuestion<Promoted> question;

    public FollowedPromotions(Statements database) {
        this.database = database;
        this.rows = new Rows(database);
        this.question = new SharedQuestion<>(database, rows);
    }

    /// As the last question was answered; nothing is asked.
    public Promoted known() {
        return rows.read;
    }

    /// As it is now.
    public Promoted now() {
        return question.now();
    }

    /// What a version says.
    ///
    /// @throws SartorException a user's error where it is not there, or its text is not what its digest says
    public String content(PromptPlace place, String digest) {
        var found =
                database.transaction(handle ->
                        PromotionRows.content(handle, place, digest, Promotions.LONGEST_CONTENT));
        return found.filter(text -> Sha256.of(text).equals(digest))
                .orElseThrow(() ->
                        SartorException.user(
                                "the prompt's version "
                                        + digest
                                        + " of "
                                        + place
                                        + " in "
                                        + database.name()
                                        + (found.isEmpty()
                                                ? " is not there, or too long"
                                                : " was edited: its text has another digest")
                                        + ". Promote it again from a project that has it."));
    }

    @Override
    public void close() {
        question.close();
    }

    /// What was read last.
    private static final class Rows implements SharedQuestion.Following<Promoted> {
        private final Statements database;
        private volatile Promoted read = new Promoted(Map.of());
        private long changes = -1;

        Rows(Statements database) {
            this.database = database;
        }

        @Override
        public Promoted ask(Handle handle) {
            long now = PromotionRows.changes(handle);
            if (now != changes) {
                read = PromotionRows.all(handle);
                changes = now;
            }
            return read;
        }

        @Override
        public Promoted lost() {
            changes = -1;
            return read;
        }

        @Override
        public void tell(SartorException why) {
            LOG.warn(
                    "prompts stay as they were promoted last until {} can be asked again: {}",
                    database.name(),
                    why.getMessage());
        }
    }
}
