package dev.sartor.cli.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import dev.sartor.serve.quota.QuotaExceeded;
import dev.sartor.serve.quota.Quotas;
import dev.sartor.state.State;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Commands beside what a server on the same state asks.
class LimitsCommandsTest {
    private static final Quotas.User ANN =
            new Quotas.User(Optional.of("key-of-a-file"), Optional.of("acme"));

    @TempDir private Path folder;

    private String state() {
        return folder.resolve("s.db").toString();
    }

    private Screen ran(int code, String... args) {
        var screen = Screen.file(folder);
        var all =
                Stream.concat(
                                Stream.of("limits"),
                                Stream.concat(Stream.of(args), Stream.of("--state", state())))
                        .toArray(String[]::new);
        assertThat(screen.sartor(all)).as(screen.remarks()).isEqualTo(code);
        return screen;
    }

    private JsonNode json(String... args) {
        var all = Stream.concat(Stream.of(args), Stream.of("--json")).toArray(String[]::new);
        return Json.mapper().readTree(ran(0, all).results());
    }

    @Test
    void whatIsSetHoldsAndWhatIsUsedIsShown() {
        assertThat(ran(2, "set", "--tenant", "acme", "--budget", "0.001").remarks())
                .contains("no price is known", "sartor limits price");
        ran(0, "price", "*", "--prompt", "0.15", "--completion", "0.60");
        var set = json("set", "--tenant", "acme", "--budget", "0.001", "--concurrent", "3");
        assertThat(set.get("budget").asDouble()).isEqualTo(0.001);
        assertThat(set.get("tokens_per_minute").isNull()).isTrue();
        ran(0, "set", "--each-key", "--requests-per-minute", "60", "--tokens-per-minute", "9000");
        assertThat(ran(0, "list").results())
                .contains("each key", "tenant acme", "60", "9000", "0.0010", "0.150", "0.600");
        try (var quotas = State.open(state()).quotas()) {
            // 2,000 tokens of prompts and 1,000 of answers are 0.0009 by these prices.
            quotas.reserve(ANN, new Quotas.Usage("m", 2_000, 1_000), () -> {})
                    .settle(new Quotas.Usage("m", 2_000, 1_000));
            Assertions.assertThatThrownBy(
                            () -> quotas.reserve(ANN, new Quotas.Usage("m", 2_000, 0), () -> {}))
                    .isInstanceOf(QuotaExceeded.class)
                    .hasMessageContaining("this month's budget of this tenant");
        }
        var used = json("usage").get(0);
        assertThat(used.get("tenant").asString()).isEqualTo("acme");
        assertThat(used.get("prompt_tokens").asLong()).isEqualTo(2_000);
        assertThat(used.get("cost").asDouble()).isEqualTo(0.0009);
        assertThat(ran(0, "usage").results()).contains("acme", "0.0009");
        assertThat(json("usage", "--tenant", "globex")).isEmpty();
        assertThat(json("usage", "--month", "2020-01")).isEmpty();
        ran(0, "remove", "--tenant", "acme");
        assertThat(json("list").get("limits")).hasSize(1);
    }

    @Test
    void whatMakesNoLimitIsRefusedWithTheRule() {
        assertThat(ran(2, "set", "--tenant", "acme").remarks())
                .contains("limits must be at least one of --requests-per-minute");
        assertThat(ran(2, "set", "--concurrent", "2").remarks())
                .contains("give --key, --tenant, --each-key or --each-tenant");
        assertThat(ran(2, "set", "--tenant", "a", "--each-key", "--concurrent", "2").remarks())
                .contains("only one");
        assertThat(ran(2, "set", "--tenant", "a", "--concurrent", "0").remarks())
                .contains("--concurrent must be 1 to 1000000, got 0");
        assertThat(ran(2, "set", "--key", "key-none", "--concurrent", "1").remarks())
                .contains("there is no key key-none");
        assertThat(ran(2, "price", "m", "--prompt", "0.0001", "--completion", "1").remarks())
                .contains("--prompt must be a number with at most 3 decimal places, got 0.0001");
        assertThat(ran(2, "usage", "--month", "2026-13").remarks()).contains("--month must be");
        assertThat(ran(2, "remove", "--tenant", "acme").remarks())
                .contains("tenant acme has no limits of its own");
    }
}
