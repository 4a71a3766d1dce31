package dev.sartor.generate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.constrain.Constraint;
import dev.sartor.constrain.TokenTrie;
import dev.sartor.constrain.Vocabularies;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.SartorException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The shared, cached way to find the allowed tokens against trying each token by itself.
class TokenMasksTest {
    private static final TokenTrie TRIE = Vocabularies.small();
    private static final RandomAnswers ANSWERS = new RandomAnswers(TRIE, Vocabularies.END);

    @Test
    void exactlyThoseTokensAreAllowedAfterWhichTheTextCanBeCompletedInTime() {
        var random = new SplittableRandom(8);
        var schemas = JsonSchemaAnswersTest.schemas();
        for (int i = 0; i < schemas.size(); i += 7) {
            int least = ANSWERS.least(new AnswerForm.JsonText(schemas.get(i), 1));
            int left = least + random.nextInt(12);
            var form = new AnswerForm.JsonText(schemas.get(i), Math.max(1, left));
            var constraint = ANSWERS.constraints().of(form, left).orElseThrow();
            for (; left > 0 && !constraint.isComplete(); left--) {
                var allowed = constraint.allowed(left);
                int taken = -1;
                for (int token = 1; token < TRIE.vocabulary(); token++) {
                    assertThat(allowed.contains(token))
                            .as("token %s of %s", text(token), schemas.get(i))
                            .isEqualTo(isPossible(constraint, token, left - 1));
                    if (allowed.contains(token) && (taken < 0 || random.nextInt(30) == 0)) {
                        taken = token;
                    }
                }
                assertThat(allowed.contains(Vocabularies.END)).isEqualTo(constraint.mayEnd());
                if (taken < 0) {
                    break;
                }
                constraint.accept(taken);
            }
            assertThat(constraint.mayEnd()).isTrue();
        }
    }

    private static boolean isPossible(Constraint constraint, int token, int left) {
        var tried = constraint.fork();
        try {
            tried.accept(token);
        } catch (SartorException e) {
            return false;
        }
        return tried.tokensToClose() <= left;
    }

    private static String text(int token) {
        return new String(TRIE.bytes(token), StandardCharsets.UTF_8);
    }

    @Test
    void aForkGoesItsOwnWay() {
        var one = ANSWERS.constraints().of(new AnswerForm.Matching("[ab]{3}", 3), 3).orElseThrow();
        var two = one.fork();
        one.accept(token("a"));
        assertThat(one.tokensToClose()).isLessThanOrEqualTo(2);
        two.accept(token("b"));
        two.accept(token("b"));
        two.accept(token("b"));
        assertThat(two.isComplete()).isTrue();
        assertThat(one.mayEnd()).isFalse();
    }

    /// é is two bytes, and each may be a token.
    @Test
    void aTokenMayBeHalfACharacter() {
        var constraint = ANSWERS.constraints().of(new AnswerForm.Matching("é", 2), 2).orElseThrow();
        assertThat(constraint.allowed(2).contains(token("é"))).isTrue();
        int first = 1 + 0xc3;
        assertThat(constraint.allowed(2).contains(first)).isTrue();
        constraint.accept(first);
        assertThat(constraint.mayEnd()).isFalse();
        assertThat(constraint.allowed(1).count()).isEqualTo(1);
        assertThat(constraint.allowed(1).next(0)).isEqualTo(1 + 0xa9);
    }

    private static int token(String text) {
        for (int token = 1; token < TRIE.vocabulary(); token++) {
            if (text(token).equals(text)) {
                return token;
            }
        }
        throw new AssertionError(text);
    }
}
