package dev.sartor.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts that nobody writes: four times as much of one takes about four times as long, whatever the kind of tokenizer.
class HostileTextsTest {
    /// Bytes, or about so many.
    private static final int SHORT = 1 << 17;

    /// Quadratic time would be sixteen times as much; sorting, caches that run over and a warm start are allowed for.
    private static final double MOST = 9;

    /// What a measurement may be off by, in nanoseconds.
    private static final double SLACK = 1e8;

    private static final int TRIALS = 4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smollm2", // BPE over bytes
                "llama2-like", // BPE with bytes as the fallback
                "sp-bpe-llama",
                "t5-like", // unigram
                "sp-unigram",
                "all-minilm-l6-v2", // WordPiece
            })
    @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void fourTimesTheTextTakesAboutFourTimesAsLong(String name) {
        var tokenizer = name.startsWith("sp-") ? Kinds.sentencepiece(name) : Tokenizers.json(name);
        var slow = new LinkedHashMap<String, String>();
        texts().forEach((what, unit) -> {
            for (int trial = 1; ; trial++) {
                double one = nanoseconds(tokenizer, unit, SHORT);
                double four = nanoseconds(tokenizer, unit, 4 * SHORT);
                if (four <= MOST * one + SLACK) {
                    return;
                }
                if (trial == TRIALS) {
                    slow.put(what, "%.0f ms, then %.0f ms".formatted(one / 1e6, four / 1e6));
                    return;
                }
            }
        });
        assertThat(slow).isEmpty();
    }

    private static Map<String, String> texts() {
        var units = new LinkedHashMap<String, String>();
        units.put("one letter", "a");
        units.put("two letters in turn", "ab");
        units.put("no blanks", "thequickbrownfoxjumpsoverthelazydog");
        units.put("blanks", " ");
        units.put("line ends", "\n");
        units.put("blanks and line ends in turn", " \n");
        units.put("marks", "\u0301");
        units.put("marks out of order", "\u0301\u0323");
        units.put("the mark of blanks", "▁");
        units.put("ideographs", "漢字");
        units.put("Hangul in parts", "\u1100\u1161\u11a8");
        units.put("emoji joined", "👩\u200d");
        units.put("flags", "🇩");
        units.put("half a pair", "\ud83e");
        units.put("digits", "7");
        units.put("the beginning of control tokens", "<|");
        units.put("the beginning of an end", "</s");
        units.put("apostrophes", "'");
        return units;
    }

    /// Of this thread's processor, so that what else the machine does counts little; nor does collecting garbage, which
    /// other threads do.
    private static double nanoseconds(Tokenizer tokenizer, String unit, int bytes) {
        var text = unit.repeat(bytes / unit.length());
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        assertThat(tokenizer.encode(text, true)).hasSizeLessThanOrEqualTo(4 * bytes);
        return threads.getCurrentThreadCpuTime() - start;
    }
}
