package dev.sartor.generate.schedule;

import dev.sartor.core.TokenScore;
import dev.sartor.generate.sample.LogProbabilities;
import dev.sartor.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Log-probabilities with their tokens' texts.
public final class TokenTexts {
    private final Tokenizer tokenizer;

    public TokenTexts(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /// @param token the one that was taken
    public TokenScore of(int token, LogProbabilities scores) {
        var top = new ArrayList<TokenScore.Scored>();
        for (int i = 0; i < scores.top().length; i++) {
            top.add(scored(scores.top()[i], scores.values()[i]));
        }
        return new TokenScore(scored(token, scores.chosen()), top);
    }

    /// A control token is told as it is written in the vocabulary.
    private TokenScore.Scored scored(int token, double logProbability) {
        var bytes =
                tokenizer
                        .bytes(token)
                        .orElseGet(() -> tokenizer.token(token).getBytes(StandardCharsets.UTF_8));
        List<Byte> boxed = new ArrayList<>();
        for (byte each : bytes) {
            boxed.add(each);
        }
        return new TokenScore.Scored(
                new String(bytes, StandardCharsets.UTF_8), boxed, logProbability);
    }
}
