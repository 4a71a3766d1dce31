package dev.sartor.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Message;
import dev.sartor.core.Sampling;
import dev.sartor.privacy.canary.Canaries;
import dev.sartor.tune.TinyChat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real model of a few thousand weights.
class LocalAuditedModelTest {
    @TempDir Path folder;

    @Test
    void likelihoodsOfTokensAddUpToThoseOfTheAnswerAndSecretsAreRankedByThem() throws IOException {
        try (var open = TinyChat.open(folder, TinyChat.TEMPLATE);
                var model = LocalAuditedModel.base(open)) {
            var row =
                    LocalAuditedModel.row(open, List.of(Message.user("Who?")), "It is Ann.", "")
                            .orElseThrow();
            double sum = model.continuations(row.prompt(), List.of(row.learned()))[0];
            assertThat(model.tokens(row).sum()).isCloseTo(sum, within(1e-3));
            assertThat(model.tokens(row).deviation()).hasSize(11).doesNotContain(0);

            var canary = Canaries.drawn(1, 1).planted().getFirst();
            var planted =
                    new CanaryRow(
                            canary,
                            answer -> LocalAuditedModel.row(open, answer).orElseThrow().ids(),
                            1);
            assertThat(planted.tellsSecretsApart()).isTrue();
            assertThat(model.text(planted.opening()))
                    .isEqualTo(canary.opening().stripTrailing() + " ");
            var forked = planted.with(List.of(canary.secret(), "000000", "999999"));
            var scores = model.continuations(forked.prompt(), forked.choices());
            var alone = LocalAuditedModel.row(open, canary.answer("000000")).orElseThrow();
            var likelihoods = model.tokens(alone).chosen();
            double behind = 0;
            for (int i = forked.prompt().length - 1; i < likelihoods.length; i++) {
                behind += likelihoods[i];
            }
            assertThat(scores[1]).isCloseTo(behind, within(1e-3));
        }
    }

    @Test
    void aPromptThatFillsTheContextIsAnsweredWithNothing() throws IOException {
        try (var open = TinyChat.open(folder, TinyChat.TEMPLATE);
                var model = LocalAuditedModel.base(open)) {
            var full = new int[open.contextLength()];
            assertThat(model.said(List.of(full), 5, List.of(Sampling.greedy())).getFirst())
                    .isEmpty();
            assertThat(LocalAuditedModel.row(open, List.of(Message.user("x".repeat(400))), "y", ""))
                    .isEmpty();
        }
    }
}
