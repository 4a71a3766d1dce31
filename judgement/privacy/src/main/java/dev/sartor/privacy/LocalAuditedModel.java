package dev.sartor.privacy;

import dev.sartor.core.Message;
import dev.sartor.core.Sampling;
import dev.sartor.generate.LanguageModel;
import dev.sartor.generate.TextScores;
import dev.sartor.generate.TokenLikelihoods;
import dev.sartor.model.network.LoraAdapter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A decoder of this process, as it is or with an adapter on. Closing it leaves the model open.
public final class LocalAuditedModel implements AuditedModel {
    private final LanguageModel model;
    private final Optional<LoraAdapter> adapter;
    private final TextScores scores;

    private LocalAuditedModel(LanguageModel model, Optional<LoraAdapter> adapter) {
        this.model = model;
        this.adapter = adapter;
        this.scores = new TextScores(model, adapter);
    }

    public static LocalAuditedModel base(LanguageModel model) {
        return new LocalAuditedModel(model, Optional.empty());
    }

    /// @param adapter a PEFT folder
    public static LocalAuditedModel tuned(LanguageModel model, Path adapter) {
        return new LocalAuditedModel(model, Optional.of(model.adapter(adapter)));
    }

    /// A conversation that ends with the answer that was learned.
    ///
    /// @param text of the whole row
    /// @return empty where it is longer than the model reads, or has no answer
    public static Optional<AuditRow> row(
            LanguageModel model, List<Message> question, String answer, String text) {
        var messages = new ArrayList<>(question);
        messages.add(Message.assistant(answer));
        var whole = model.conversation(messages);
        return row(model, whole.ids(), whole.answerStart(), text);
    }

    /// A text that was learned whole, as far as the model reads.
    ///
    /// @return empty where it has no second token
    public static Optional<AuditRow> row(LanguageModel model, String text) {
        var end = model.tokenizer().settings().ends().stream().limit(1);
        var ids =
                IntStream.concat(
                                IntStream.of(model.tokenizer().encode(text, true)),
                                end.mapToInt(Integer::intValue))
                        .limit(model.contextLength())
                        .toArray();
        return row(model, ids, 1, text);
    }

    private static Optional<AuditRow> row(LanguageModel model, int[] ids, int start, String text) {
        return start >= 1 && start < ids.length && ids.length <= model.contextLength()
                ? Optional.of(new AuditRow(ids, start, text))
                : Optional.empty();
    }

    @Override
    public TokenLikelihoods tokens(AuditRow row) {
        return scores.tokens(new TextScores.Answered(row.ids(), row.start()));
    }

    @Override
    public double[] continuations(int[] prompt, List<int[]> choices) {
        return scores.continuations(prompt, choices);
    }

    @Override
    public List<int[]> said(List<int[]> prompts, int maxTokens, List<Sampling> sampling) {
        int longest = prompts.stream().mapToInt(each -> each.length).max().orElse(0);
        int room = Math.min(maxTokens, model.contextLength() - longest);
        return room < 1
                ? prompts.stream().map(_ -> new int[0]).toList()
                : scores.said(prompts, room, sampling);
    }

    @Override
    public String text(int[] ids) {
        return model.tokenizer().decode(ids, true);
    }

    @Override
    public void close() {
        scores.close();
        adapter.ifPresent(LoraAdapter::close);
    }
}
