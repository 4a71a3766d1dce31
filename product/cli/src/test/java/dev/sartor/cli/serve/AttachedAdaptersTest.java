package dev.sartor.cli.serve;

import static dev.sartor.cli.serve.AttachingServer.ANN;
import static dev.sartor.cli.serve.AttachingServer.BOB;
import static dev.sartor.cli.serve.AttachingServer.CAT;
import static dev.sartor.cli.serve.AttachingServer.KEEPER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.serve.AuditEntry;
import dev.sartor.serve.ServedAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Adapters that callers attach to a tiny model, over a real server with keys.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttachedAdaptersTest {
    private final Path folder;
    private final AttachingServer desk;

    AttachedAdaptersTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.desk = new AttachingServer(folder);
    }

    @BeforeEach
    void keepAnew() {
        desk.keepAnew();
    }

    @AfterAll
    void close() {
        desk.close();
    }

    @Test
    void anAdapterIsAttachedReplacedAndDetachedWhileTheServerRuns() throws IOException {
        assertThat(desk.ask(KEEPER, "support").code()).isEqualTo("model_not_found");
        var first = TinyAdapter.times(40);
        var made = desk.put(KEEPER, "support", first);
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        assertThat(made.json().get("digest").asString()).isEqualTo("sha256:" + digest(first));
        assertThat(made.json().at("/readers").toString()).isEqualTo("[[\"user:keeper\"]]");
        var said = desk.text(KEEPER, "support");
        assertThat(said).isNotEqualTo(desk.text(KEEPER, "llama"));
        var second = TinyAdapter.of(Math::abs);
        assertThat(desk.put(KEEPER, "support", second).status()).isEqualTo(200);
        assertThat(desk.text(KEEPER, "support")).isNotEqualTo(said);
        assertThat(desk.versions("support")).hasSize(1);
        assertThat(desk.listed(KEEPER, "/v1/models")).startsWith("llama").contains("support");
        assertThat(desk.listed(KEEPER, "/v1/adapters")).contains("support");
        assertThat(desk.get(KEEPER, "/v1/adapters/support").json().get("digest").asString())
                .isEqualTo("sha256:" + digest(second));
        assertThat(desk.delete(KEEPER, "support").json().get("deleted").asBoolean()).isTrue();
        assertThat(desk.ask(KEEPER, "support").code()).isEqualTo("model_not_found");
        assertThat(desk.delete(KEEPER, "support").code()).isEqualTo("adapter_not_found");
        assertThat(Files.exists(desk.adapters().resolve("support"))).isFalse();
    }

    private static String digest(TinyAdapter adapter) {
        var sha = Sha256.digest().digest(adapter.bytes("adapter_model.safetensors"));
        return HexFormat.of().formatHex(sha);
    }

    @Test
    void whatBeganWithAVersionEndsWithItAndThenItsSlotAndItsFolderAreFree() throws IOException {
        desk.put(KEEPER, "support", TinyAdapter.times(40));
        var model =
                desk.models().chat("support", new Principal(Set.of("user:keeper"))).orElseThrow();
        var before = model.responder().stream(question(), _ -> {}).text();
        var hold = model.adapter().flatMap(ServedAdapter::hold).orElseThrow();
        desk.put(KEEPER, "support", TinyAdapter.of(Math::abs));
        assertThat(desk.versions("support")).hasSize(2);
        assertThat(model.responder().stream(question(), _ -> {}).text()).isEqualTo(before);
        assertThat(desk.text(KEEPER, "support")).isNotEqualTo(before);
        desk.delete(KEEPER, "support");
        assertThat(model.responder().stream(question(), _ -> {}).text()).isEqualTo(before);
        assertThat(desk.versions("support")).as("the second is asked by nobody").hasSize(1);
        hold.close();
        assertThat(desk.versions("support")).isEmpty();
        assertThat(model.adapter().flatMap(ServedAdapter::hold)).isEmpty();
    }

    private static Question question() {
        return new Question(
                "q",
                List.of(Message.user("the cat sat")),
                new AnswerForm.FreeText(12),
                Sampling.greedy(),
                new Principal(Set.of("user:keeper")));
    }

    @Test
    void anOwnersAdapterIsTheTenantsAndNobodyElseSeesIt() throws IOException {
        var name = "tenant:acme/mine";
        assertThat(desk.put(ANN, name, TinyAdapter.times(40)).status()).isEqualTo(201);
        assertThat(desk.text(CAT, name)).isNotEmpty();
        assertThat(desk.listed(CAT, "/v1/adapters")).contains(name);
        assertThat(desk.get(CAT, "/v1/adapters/" + name).json().has("readers")).isFalse();
        assertThat(desk.delete(CAT, name).code()).isEqualTo("missing_scope");
        assertThat(desk.listed(BOB, "/v1/adapters")).isEmpty();
        assertThat(desk.listed(BOB, "/v1/models"))
                .contains("llama")
                .noneMatch(each -> each.contains("acme"));
        for (var other : List.of(name, "tenant:acme/invented")) {
            assertThat(desk.ask(BOB, other).code()).isEqualTo("model_not_found");
            assertThat(desk.get(BOB, "/v1/models/" + other).code()).isEqualTo("model_not_found");
            assertThat(desk.get(BOB, "/v1/adapters/" + other).code())
                    .isEqualTo("adapter_not_found");
            assertThat(desk.delete(BOB, other).code()).isEqualTo("adapter_not_found");
            var refused = desk.put(BOB, other, TinyAdapter.times(1));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.message())
                    .isEqualTo("This key is for adapters whose names begin with 'tenant:beta/'.");
        }
        assertThat(desk.put(ANN, "support", TinyAdapter.times(1)).code())
                .isEqualTo("not_your_adapter");
        assertThat(desk.put(CAT, name, TinyAdapter.times(1)).code()).isEqualTo("missing_scope");
        assertThat(desk.listed(KEEPER, "/v1/adapters")).as("keepers keep").contains(name);
        assertThat(desk.ask(KEEPER, name).code())
                .as("and do not read")
                .isEqualTo("model_not_found");
        assertThat(desk.delete(ANN, name).status()).isEqualTo(200);
    }

    @Test
    void readersAreNarrowedAndNeverWidened() throws IOException {
        var recorded =
                TinyAdapter.times(40).with("readers.json", "{\"readers\": [[\"tenant:acme\"]]}");
        assertThat(
                        desk.put(KEEPER, "a?readers=everyone", recorded)
                                .json()
                                .at("/readers")
                                .toString())
                .isEqualTo("[[\"tenant:acme\"]]");
        assertThat(desk.text(CAT, "a")).isNotEmpty();
        assertThat(desk.ask(BOB, "a").code()).isEqualTo("model_not_found");
        desk.put(KEEPER, "a?readers=user:ann&readers=user:bob", recorded);
        assertThat(desk.text(ANN, "a")).isNotEmpty();
        assertThat(desk.ask(CAT, "a").code()).isEqualTo("model_not_found");
        assertThat(desk.ask(BOB, "a").code()).isEqualTo("model_not_found");
        desk.put(ANN, "tenant:acme/b?readers=everyone", TinyAdapter.times(40));
        assertThat(desk.ask(BOB, "tenant:acme/b").code())
                .as("an owner's")
                .isEqualTo("model_not_found");
        assertThat(desk.text(CAT, "tenant:acme/b")).isNotEmpty();
        var wrong = desk.put(KEEPER, "a?readers=sales", TinyAdapter.times(1));
        assertThat(wrong.message())
                .contains("readers must be everyone, or names such as group:sales");
        assertThat(desk.put(KEEPER, "a?reader=user:ann", TinyAdapter.times(1)).status())
                .isEqualTo(400);
    }

    @Test
    void whatIsAttachedOutlivesTheServerAndWhatACrashLeftGoes() throws IOException {
        desk.put(ANN, "tenant:acme/support", TinyAdapter.times(40));
        var said = desk.text(CAT, "tenant:acme/support");
        var left = desk.adapters().resolve("tenant:acme%2Fsupport/v-" + new UUID(1, 2));
        Files.createDirectories(left);
        Files.createDirectories(desk.adapters().resolve("broken"));
        AtomicFile.write(desk.adapters().resolve("broken/attached.json"), "{\"name\": \"broken\"}");
        desk.startAnew();
        assertThat(desk.store().names()).contains("tenant:acme/support").doesNotContain("broken");
        assertThat(desk.text(CAT, "tenant:acme/support")).isEqualTo(said);
        assertThat(Files.exists(left)).as("nothing is deleted before the first change").isTrue();
        assertThat(desk.store().detach("invented", () -> {})).isFalse();
        assertThat(Files.exists(left)).isFalse();
        assertThat(desk.versions("tenant:acme/support")).hasSize(1);
    }

    @Test
    void theAuditLogHasTheDigestOfWhatAnsweredAndOfWhatIsAttachedBeforeItIs() throws IOException {
        var adapter = TinyAdapter.times(40);
        desk.put(KEEPER, "support", adapter);
        assertThat(desk.kept).extracting(AuditEntry::status).containsExactly(AuditEntry.BEGUN, 201);
        desk.ask(KEEPER, "support");
        desk.ask(KEEPER, "llama");
        assertThat(desk.kept.get(2).adapter()).contains(digest(adapter));
        assertThat(desk.kept.get(3).adapter()).isEmpty();
        desk.delete(KEEPER, "support");
        assertThat(desk.kept.getLast().action()).isEqualTo("DELETE /v1/adapters/{name}");
        assertThat(desk.kept.getLast().adapter()).contains(digest(adapter));
        desk.put(BOB, "support", adapter);
        assertThat(desk.kept.getLast().model()).as("not his to know").isEmpty();
        desk.keepNothing();
        assertThat(desk.put(KEEPER, "support", adapter).code()).isEqualTo("audit_unavailable");
        assertThat(desk.store().names()).doesNotContain("support");
        assertThat(desk.versions("support")).isEmpty();
    }

    @Test
    void whatIsNoAdapterOfThisModelIsRefusedAndLeavesNothing() throws IOException {
        TinyAdapter.unusable()
                .forEach((reason, adapter) -> {
                    var refused = desk.put(KEEPER, "support", adapter);
                    assertThat(refused.status()).as(reason).isEqualTo(400);
                    assertThat(refused.message())
                            .contains(reason)
                            .doesNotContain(folder.toString(), "v-");
                });
        assertThat(
                        desk.send(
                                        KEEPER,
                                        "PUT",
                                        "/v1/adapters/support",
                                        "application/json",
                                        new byte[2])
                                .status())
                .isEqualTo(415);
        assertThat(desk.put(KEEPER, "llama", TinyAdapter.times(1)).code()).isEqualTo("name_taken");
        assertThat(desk.put(KEEPER, "..%2Fsupport", TinyAdapter.times(1)).status()).isEqualTo(400);
        var huge =
                desk.send(
                        KEEPER,
                        "PUT",
                        "/v1/adapters/support",
                        "application/x-tar",
                        new byte[(int) desk.store().mostBytes() + (2 << 20)]);
        assertThat(huge.status()).isEqualTo(413);
        assertThat(Files.exists(desk.adapters().resolve("support"))).isFalse();
        assertThat(desk.text(KEEPER, "llama")).isNotEmpty();
    }

    @Test
    void whatWasPutThereByHandIsNotReplaced() throws IOException {
        var placed = desk.adapters().resolve("by-hand");
        Files.createDirectories(placed);
        for (var file : List.of("adapter_config.json", "adapter_model.safetensors")) {
            Files.copy(TinyAdapter.LORA.resolve(file), placed.resolve(file));
        }
        AtomicFile.write(placed.resolve("readers.json"), "{\"readers\": []}");
        assertThat(desk.text(BOB, "by-hand")).isNotEmpty();
        assertThat(desk.kept.getLast().adapter())
                .contains(Sha256.of(TinyAdapter.LORA.resolve("adapter_model.safetensors")));
        assertThat(desk.put(KEEPER, "by-hand", TinyAdapter.times(1)).message())
                .contains("this server's keeper put there");
        assertThat(desk.delete(KEEPER, "by-hand").code()).isEqualTo("adapter_not_found");
        assertThat(desk.text(BOB, "by-hand")).isNotEmpty();
    }
}
