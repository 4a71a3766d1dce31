package dev.sartor.privacy;

import dev.sartor.core.Sampling;
import dev.sartor.generate.TokenLikelihoods;
import dev.sartor.privacy.canary.Canary;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// A model that knows some texts by heart and finds all else alike. Its tokens are characters.
///
/// @param known each as the model would go on to its end
/// @param likely how likely a token of a known text is; all others share the rest
record Scripted(List<String> known, double likely) implements AuditedModel {
    private static final int VOCABULARY = 128;

    static int[] ids(String text) {
        return text.chars().toArray();
    }

    static AuditRow row(String question, String answer) {
        return new AuditRow(ids(question + answer), question.length(), question + "\n" + answer);
    }

    static CanaryRow canary(Canary canary) {
        return new CanaryRow(
                canary, answer -> ids(canary.question() + answer), canary.question().length());
    }

    /// Of a row whose tokens are all of one log-probability.
    static TokenLikelihoods tokens(double log) {
        return new TokenLikelihoods(new double[] {log}, new double[] {-2}, new double[] {1});
    }

    private double log(String before, char token) {
        var whole = before + token;
        if (known.stream().anyMatch(each -> each.startsWith(whole))) {
            return Math.log(likely);
        }
        boolean isRest = known.stream().anyMatch(each -> each.startsWith(before));
        return Math.log(isRest ? (1 - likely) / (VOCABULARY - 1) : 1.0 / VOCABULARY);
    }

    private double[] logs(int[] ids, int start) {
        var text = text(ids);
        var logs = new double[ids.length - start];
        for (int i = start; i < ids.length; i++) {
            logs[i - start] = log(text.substring(0, i), text.charAt(i));
        }
        return logs;
    }

    @Override
    public TokenLikelihoods tokens(AuditRow row) {
        var logs = logs(row.ids(), row.start());
        var mean = new double[logs.length];
        var deviation = new double[logs.length];
        Arrays.fill(mean, -4);
        Arrays.fill(deviation, 1);
        return new TokenLikelihoods(logs, mean, deviation);
    }

    @Override
    public double[] continuations(int[] prompt, List<int[]> choices) {
        return choices.stream()
                .mapToDouble(choice -> sum(text(prompt) + text(choice), prompt.length))
                .toArray();
    }

    private double sum(String whole, int start) {
        double sum = 0;
        for (double each : logs(ids(whole), start)) {
            sum += each;
        }
        return sum;
    }

    @Override
    public List<int[]> said(List<int[]> prompts, int maxTokens, List<Sampling> sampling) {
        UnaryOperator<String> onward =
                prompt ->
                        known.stream()
                                .filter(each -> each.startsWith(prompt))
                                .findFirst()
                                .map(each -> each.substring(prompt.length()))
                                .orElse("no idea");
        return prompts.stream().map(each -> ids(onward.apply(text(each)))).toList();
    }

    @Override
    public String text(int[] ids) {
        return new String(ids, 0, ids.length);
    }

    @Override
    public void close() {}
}
