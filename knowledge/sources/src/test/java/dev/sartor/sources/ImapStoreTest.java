package dev.sartor.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sartor.documents.access.AccessManifest;
import dev.sartor.documents.access.AccessPolicy;
import jakarta.mail.Flags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImapStoreTest {
    @TempDir private Path root;

    @Test
    void aMailboxIsFollowedMessageByMessage() throws Exception {
        var server = new GreenMail(new ServerSetup[] {new ServerSetup(0, "127.0.0.1", "imap")});
        server.start();
        try {
            var user = server.setUser("ann@example.com", "ann", "geheim");
            for (var text : new String[] {"Kettles boil water", "Lamps shine", "Mugs hold tea"}) {
                user.deliver(
                        GreenMailUtil.createTextEmail(
                                "ann@example.com",
                                "bob@example.com",
                                text,
                                text + ".",
                                server.getImap().getServerSetup()));
            }
            var indexed = new IndexedSource(root);
            indexed.environment.put("ANN", "ann");
            indexed.environment.put("WORD", "geheim");
            var source =
                    indexed.settings(
                            "mail",
                            "address: imap://127.0.0.1:PORT/INBOX\nuser_env: ANN\npassword_env: WORD\n"
                                    .replace("PORT", String.valueOf(server.getImap().getPort())));
            assertThat(indexed.counts(source)).isEqualTo(IndexedSource.ADDED);
            assertThat(indexed.found("kettles")).containsExactly("1.eml");
            assertThat(indexed.counts(source)).isEqualTo(IndexedSource.UNCHANGED);
            var inbox = server.getManagers().getImapHostManager().getInbox(user);
            inbox.getMessages().getLast().setFlag(Flags.Flag.DELETED, true);
            assertThat(indexed.counts(source)).isEqualTo(IndexedSource.REMOVED);
            var manifest =
                    Files.writeString(
                            root.resolve("access.yaml"),
                            "rules: [{paths: 2.eml, readers: [user:ann]}]");
            indexed.access =
                    new AccessPolicy(Optional.of(AccessManifest.read(manifest)), false, true, "");
            assertThat(indexed.counts(source)).isEqualTo(IndexedSource.RELABELLED);
            assertThat(indexed.found("shine")).isEmpty();
            assertThat(indexed.found("shine", "user:ann")).containsExactly("2.eml");
            indexed.environment.put("WORD", "wrong");
            assertThatThrownBy(() -> indexed.run(source))
                    .hasMessageContaining("mail.source.yaml could not be read (")
                    .hasMessageNotContaining("wrong");
            assertThat(indexed.found("kettles")).containsExactly("1.eml");
        } finally {
            server.stop();
        }
    }
}
