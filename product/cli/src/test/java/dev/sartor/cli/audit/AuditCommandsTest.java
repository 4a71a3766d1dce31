package dev.sartor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.serve.AuditEntry;
import dev.sartor.state.audit.Anchor;
import dev.sartor.state.audit.AuditFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandsTest {
    private final Instant now = Clock.systemUTC().instant();

    @TempDir private Path root;

    private Path log() {
        return root.resolve("audit");
    }

    private Path heads() {
        return root.resolve("heads.jsonl");
    }

    @BeforeEach
    void write() {
        var anchor = Optional.of(Anchor.at(heads().toString()));
        try (var audit = AuditFolder.open(log(), anchor, Clock.systemUTC())) {
            audit.keep(entry("ann", "acme", Duration.ofDays(9), 200, "a.md"));
            audit.keep(entry("ben", "acme", Duration.ofHours(2), 403));
            audit.keep(entry("cas", "globex", Duration.ofMinutes(1), 200, "a.md", "b.md"));
        }
    }

    private AuditEntry entry(
            String user, String tenant, Duration ago, int status, String... documents) {
        return new AuditEntry(
                now.minus(ago),
                "request-of-" + user,
                Optional.of(new Principal(Set.of("user:" + user, "tenant:" + tenant))),
                Optional.of("key-" + user),
                "POST /v1/chat/completions",
                status,
                Optional.empty(),
                Optional.of("answer"),
                Optional.empty(),
                Optional.empty(),
                List.of(documents),
                new AuditEntry.Tokens(1, 2, 3),
                0.5,
                0);
    }

    private Screen run(int code, String... args) {
        var screen = Screen.file(root);
        assertThat(screen.sartor(args)).as(screen.remarks()).isEqualTo(code);
        return screen;
    }

    private List<String> asked(String... options) {
        var args = new String[options.length + 4];
        args[0] = "audit";
        args[1] = "query";
        args[2] = log().toString();
        args[3] = "--json";
        System.arraycopy(options, 0, args, 4, options.length);
        return Json.mapper().readTree(run(0, args).results()).findValuesAsString("request");
    }

    @Test
    void entriesAreFoundByWhoWhenWhatAndHow() {
        assertThat(asked()).hasSize(3);
        assertThat(asked("--tenant", "acme")).containsExactly("request-of-ann", "request-of-ben");
        assertThat(asked("--user", "ann", "--tenant", "globex")).isEmpty();
        assertThat(asked("--since", "24h")).containsExactly("request-of-ben", "request-of-cas");
        assertThat(asked("--until", "24h")).containsExactly("request-of-ann");
        assertThat(asked("--status", "4")).containsExactly("request-of-ben");
        assertThat(asked("--status", "200")).hasSize(2);
        assertThat(asked("--document", "b.md")).containsExactly("request-of-cas");
        assertThat(asked("--key", "key-ben")).containsExactly("request-of-ben");
        var table = run(0, "audit", "query", log().toString(), "--limit", "1");
        assertThat(table.results())
                .contains(
                        "tenant:globex,user:cas  key-cas  POST /v1/chat/completions     200  answer")
                .doesNotContain("user:ben");
        assertThat(table.remarks()).contains("The newest 1 of 3; --limit shows more.");
    }

    @Test
    void aLogIsVerifiedAndWhatWasCutOffIsFound() throws IOException {
        var whole = run(0, "audit", "verify", log().toString(), "--anchor", heads().toString());
        assertThat(whole.results())
                .isEqualToIgnoringNewLines(
                        "3 entries, as they were written; 3 of them held by heads that were told elsewhere.");
        assertThat(run(0, "audit", "verify", log().toString()).results())
                .contains("without --anchor a cut at the end");
        var file = log().resolve("audit-00000001.jsonl");
        var lines = Files.readAllLines(file);
        Files.writeString(file, String.join("\n", lines.subList(0, 2)) + "\n");
        var cut =
                run(
                        1,
                        "audit",
                        "verify",
                        log().toString(),
                        "--anchor",
                        heads().toString(),
                        "--key",
                        log().resolve("signing.pub").toString(),
                        "--json");
        var said = Json.mapper().readTree(cut.results());
        assertThat(said.at("/whole").asBoolean()).isFalse();
        assertThat(said.at("/findings/0").asString())
                .isEqualTo("the log ends at 2 and had 3 entries");
    }

    @Test
    void whatIsMeantIsExportedAsItsLines() throws IOException {
        var out = root.resolve("acme.jsonl");
        var args =
                new String[] {
                    "audit", "export", log().toString(), "--tenant", "acme", "--out", out.toString()
                };
        assertThat(run(0, args).results()).contains("2 entries are in ");
        assertThat(Files.readAllLines(out))
                .isEqualTo(Files.readAllLines(log().resolve("audit-00000001.jsonl")).subList(0, 2));
        assertThat(run(2, args).remarks()).contains("--out must be a new file");
    }

    @Test
    void whatIsNoLogIsNamed() {
        assertThat(run(2, "audit", "verify", root.resolve("none").toString()).remarks())
                .contains("is no folder of an audit log: name the one of `sartor serve --audit`");
        assertThat(run(2, "audit", "query", log().toString(), "--status", "600").remarks())
                .contains(
                        "--status must be an HTTP status such as 403, or its first digit, got 600");
        assertThat(run(2, "serve", "--model", "x", "--audit-anchor", "heads.jsonl").remarks())
                .contains("--audit-anchor tells the head of a log");
        assertThat(run(2, "audit").remarks()).contains("a command is missing");
    }
}
