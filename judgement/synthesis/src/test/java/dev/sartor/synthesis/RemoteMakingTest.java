package dev.sartor.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.remote.RemoteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pairs made by a remote model: what leaves the house for them.
class RemoteMakingTest {
    @TempDir private Path folder;

    private final ScriptedModel model =
            new ScriptedModel(question -> ProjectMakingTest.good(question.text(), 1));

    @Test
    void aRemoteModelIsSentWhatEveryoneMayReadAndTheRestIsCounted() throws Exception {
        ProjectMakingTest.project(folder);
        try (var server = RemoteServer.patient()) {
            server.replies(asked -> ProjectMakingTest.good(asked, 7));
            addRemote(server, "public");
            var report =
                    ProjectMakingTest.making(model, folder)
                            .make(
                                    ProjectMakingTest::docks,
                                    ProjectMakingTest.any(2),
                                    new ProjectMaking.Asked("large", Optional.empty()),
                                    folder.resolve("public"));
            assertThat(report.withheld()).isEqualTo(2);
            assertThat(report.notes()).anyMatch(each -> each.startsWith("2 passages are withheld"));
            assertThat(server.bodies())
                    .isNotEmpty()
                    .noneMatch(each -> each.contains("Calder") || each.contains("Tarn"));
            addRemote(server, "all");
            ProjectMakingTest.making(model, folder)
                    .make(
                            ProjectMakingTest::docks,
                            ProjectMakingTest.any(4),
                            new ProjectMaking.Asked("large", Optional.empty()),
                            folder.resolve("all"));
            assertThat(server.bodies()).anyMatch(each -> each.contains("Calder"));
        }
    }

    private void addRemote(RemoteServer server, String egress) throws IOException {
        var file = folder.resolve("sartor.yaml");
        var yaml = Files.readString(file).replaceAll("remotes:.*\n", "");
        Files.writeString(
                file,
                yaml
                        + "remotes: [{name: large, url: '%s', model: large-1, egress: %s}]%n"
                                .formatted(server.remote.url(), egress));
    }
}
