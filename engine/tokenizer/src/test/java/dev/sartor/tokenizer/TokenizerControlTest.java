package dev.sartor.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// With no kind of tokenizer does anybody's text become a control token, alone or beside the template's own.
class TokenizerControlTest {
    private static final List<String> CONTROL =
            List.of("<ctl>", "<s>", "</s>", "<user>", "<mask>", "[CLS]", "[SEP]", "<two words>");
    private static final List<String> PARTS =
            List.of(
                    "<", "ctl", ">", "</", "s>", "[C", "LS]", "<us", "er>", " ", "x", "▁", "<unk>",
                    "two", "\n");

    static Stream<String> kinds() {
        return Stream.concat(Kinds.hf(), Kinds.sentencepiece());
    }

    private static Tokenizer open(String name) {
        return name.startsWith("sp-") ? Kinds.sentencepiece(name) : Kinds.hf(name);
    }

    private static int[] steering(Tokenizer tokenizer) {
        return CONTROL.stream()
                .flatMapToInt(token -> tokenizer.id(token).stream())
                .filter(id -> id != tokenizer.id("<unk>").orElse(-1))
                .toArray();
    }

    private static long count(int[] ids, int[] wanted) {
        return Arrays.stream(ids)
                .filter(id -> Arrays.stream(wanted).anyMatch(w -> w == id))
                .count();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aTextIsData(String name) {
        var tokenizer = open(name);
        var steering = steering(tokenizer);
        for (var token : CONTROL) {
            for (var text : List.of(token, " " + token + " ", "x" + token + "y", token.repeat(3))) {
                assertThat(count(tokenizer.encode(text, false), steering)).as(text).isZero();
                assertThat(
                                count(
                                        tokenizer.encode(
                                                text, List.of(new DataSpan(0, text.length()))),
                                        steering))
                        .as(text)
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void besideTheTemplatesTokensItStaysData(String name) {
        var tokenizer = open(name);
        var steering = steering(tokenizer);
        var random = new SplittableRandom(name.hashCode());
        for (int round = 0; round < 200; round++) {
            var prompt = new StringBuilder();
            var spans = new ArrayList<DataSpan>();
            var template = new ArrayList<String>();
            for (int i = 0; i < 6; i++) {
                int start = prompt.length();
                if (random.nextBoolean()) {
                    var own = CONTROL.get(random.nextInt(3));
                    template.add(own);
                    prompt.append(own);
                } else {
                    prompt.append(PARTS.get(random.nextInt(PARTS.size())));
                    prompt.append(
                            CONTROL.get(random.nextInt(CONTROL.size())), 0, 1 + random.nextInt(2));
                    prompt.append(PARTS.get(random.nextInt(PARTS.size())));
                    spans.add(new DataSpan(start, prompt.length()));
                }
            }
            long own = template.stream().filter(token -> tokenizer.id(token).isPresent()).count();
            long found = count(tokenizer.encode(prompt.toString(), spans), steering);
            if (count(tokenizer.encodeTrusted("<ctl><s></s>", false).ids(), steering) == 3) {
                assertThat(found).as(prompt + " " + spans).isEqualTo(own);
            } else {
                assertThat(found).as(prompt + " " + spans).isLessThanOrEqualTo(own);
            }
        }
    }
}
