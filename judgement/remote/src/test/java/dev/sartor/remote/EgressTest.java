package dev.sartor.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.SartorException.Kind;
import dev.sartor.core.work.Progress;
import dev.sartor.project.setting.Remote.Egress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What leaves this machine for a remote model, seen from there.
class EgressTest {
    private static Question restricted() {
        return RemoteServer.freeText().readableBy(Readers.anyOf(Set.of("group:hr")));
    }

    private static RemoteServer server(Egress egress) throws IOException {
        return new RemoteServer(5, 0, 0, egress);
    }

    private static void refused(Runnable asking, RemoteServer server) {
        assertThatThrownBy(asking::run)
                .isInstanceOfSatisfying(
                        SartorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USER))
                .hasMessageContaining("egress")
                .hasMessageContaining("remotes 'large'");
        assertThat(server.requests()).isZero();
    }

    @Test
    void whatOnlySomeMayReadIsNotSentWhereTheEgressIsPublic() throws IOException {
        try (var server = server(Egress.PUBLIC)) {
            refused(() -> server.responder().stream(restricted(), _ -> {}), server);
            // Not even the questions beside it.
            var both = List.of(RemoteServer.freeText(), restricted());
            refused(() -> server.responder().answer(both, Progress.silent()), server);
        }
    }

    @Test
    void theAskersOwnWordsAreSent() throws IOException {
        try (var server = server(Egress.PUBLIC)) {
            server.says("Here.");
            server.responder().answer(List.of(RemoteServer.freeText()), Progress.silent());
            assertThat(server.requests()).isOne();
        }
    }

    @Test
    void allIsSentWhereTheProjectSaysSo() throws IOException {
        try (var server = server(Egress.ALL)) {
            server.says("Here.");
            server.responder().answer(List.of(restricted()), Progress.silent());
            assertThat(server.requests()).isOne();
        }
    }

    @Test
    void nothingIsSentWhereTheEgressIsNone() throws IOException {
        try (var server = server(Egress.NONE)) {
            refused(() -> RemoteResponder.open(server.remote, _ -> Optional.of("key")), server);
            var asked = List.of(RemoteServer.freeText());
            refused(() -> server.responder().answer(asked, Progress.silent()), server);
        }
    }
}
