package dev.sartor.tokenizer.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.tokenizer.AddedToken;
import dev.sartor.tokenizer.AddedTokens;
import dev.sartor.tokenizer.TextStream;
import dev.sartor.tokenizer.TokenTemplate;
import dev.sartor.tokenizer.TokenText;
import dev.sartor.tokenizer.subword.ByteAlphabet;
import dev.sartor.tokenizer.subword.TokenList;
import dev.sartor.tokenizer.text.AlignedText;
import dev.sartor.tokenizer.text.BertNormaliser;
import dev.sartor.tokenizer.text.Cuts;
import dev.sartor.tokenizer.text.Normalisers;
import dev.sartor.tokenizer.text.Splitters;
import dev.sartor.tokenizer.text.TextNormaliser;
import dev.sartor.tokenizer.text.TextSplitter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The parts of a tokenizer, each alone.
class TokenizerStepsTest {
    @Test
    void aSliceKnowsWhereItsCharactersCameFrom() {
        var text = AlignedText.plain("abc 🦊", 100);
        var fox = text.slice(4, 6);
        assertThat(fox.start(0)).isEqualTo(104);
        assertThat(fox.end(1)).isEqualTo(106);
        var edited =
                new AlignedText.Builder(text).put('x', 0, 2).put("🦊!", 4, 6).build().slice(1, 4);
        assertThat(edited.text()).isEqualTo("🦊!");
        assertThat(edited.start(2)).isEqualTo(104);
        assertThat(edited.end(0)).isEqualTo(106);
        assertThat(new AlignedText.Builder(text).build().length()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Removed            | the_final_countdown",
                "Isolated           | the_-_final_-_-_countdown",
                "MergedWithPrevious | the-_final-_-_countdown",
                "MergedWithNext     | the_-final_-_-countdown",
                "Contiguous         | the_-_final_--_countdown",
            })
    void matchesGoWhereTheBehaviorSays(String behavior, String expected) {
        var splitter =
                Splitters.matching(
                        Pattern.compile("-"), Cuts.Behavior.named(behavior).orElseThrow(), false);
        assertThat(words(splitter, "the-final--countdown")).isEqualTo(expected);
    }

    @Test
    void anInvertedPatternFindsTheWordsThemselves() {
        var splitter = Splitters.matching(Pattern.compile("\\w+"), Cuts.Behavior.REMOVED, true);
        assertThat(words(splitter, "one, two")).isEqualTo("one_two");
        assertThat(Cuts.Behavior.named("Odd")).isEmpty();
    }

    @Test
    void sentencepiecesWordsBeginWithTheirMark() {
        var always = Splitters.metaspace("▁", Splitters.Prepend.ALWAYS, true);
        assertThat(words(always, "a b  c")).isEqualTo("▁a_▁b_▁_▁c");
        assertThat(words(always, " a")).isEqualTo("▁a");
        assertThat(words(always, "")).isEmpty();
        var first = Splitters.metaspace("▁", Splitters.Prepend.FIRST, false);
        assertThat(words(first, "a b")).isEqualTo("▁a▁b");
        var later = new ArrayList<String>();
        first.split(AlignedText.plain("a b", 7), word -> later.add(word.text()));
        assertThat(later).containsExactly("a▁b");
    }

    @Test
    void bertsWordsAreCleanLowerAndWithoutAccents() {
        var normal = new BertNormaliser(true, true, true, true);
        var text = normal.apply(AlignedText.plain("\ufeffÀ\tB\u0000ç 東京 İ\u00ad \u0085\ufffdß", 0));
        assertThat(text.text()).isEqualTo("a bc  東  京  i ß");
        assertThat(text.start(0)).isEqualTo(1);
        assertThat(words(Splitters.bert(), "don't (stop)… £5")).isEqualTo("don_'_t_(_stop_)_…_£5");
    }

    @Test
    void simpleNormalisersKeepPlaces() {
        var replaced =
                Normalisers.replace(Pattern.compile(" {2,}"), " ")
                        .apply(AlignedText.plain("a   b", 0));
        assertThat(replaced.text()).isEqualTo("a b");
        assertThat(replaced.start(1)).isEqualTo(3);
        assertThat(replaced.end(1)).isEqualTo(4);
        assertThat(Normalisers.prepend("▁").apply(AlignedText.plain("", 0)).text()).isEmpty();
        assertThat(Normalisers.strip(true, false).apply(AlignedText.plain("  a ", 0)).start(0))
                .isEqualTo(2);
        assertThat(Normalisers.withoutMarks().apply(AlignedText.plain("e\u0301\u0903", 0)).text())
                .isEqualTo("e");
    }

    @Test
    void addedTokensFollowTheirFlags() {
        var tokens =
                new AddedTokens(
                        List.of(
                                new AddedToken(1, "<x>", false, true, true, false, false),
                                new AddedToken(2, "<x>y", false, false, false, false, false),
                                new AddedToken(3, "cat", true, false, false, false, false)),
                        TextNormaliser.none());
        assertThat(found(tokens, "a  <x>  b")).isEqualTo("a|1@1-8|b");
        assertThat(found(tokens, "<x>yes")).isEqualTo("2@0-4|es"); // the longest
        assertThat(found(tokens, "cat concat cat")).isEqualTo("3@0-3| concat |3@11-14");
        assertThat(found(tokens, "<x")).isEqualTo("<x");
    }

    private static String found(AddedTokens tokens, String text) {
        var order = new ArrayList<String>();
        var list = new TokenList();
        tokens.split(
                AlignedText.plain(text, 0),
                (token, start, end) -> true,
                list,
                piece -> order.add(piece.start(0) + ":" + piece.text()));
        for (int i = 0; i < list.size(); i++) {
            order.add(list.start(i) + ":" + list.id(i) + "@" + list.start(i) + "-" + list.end(i));
        }
        order.sort((a, b) -> Integer.compare(place(a), place(b)));
        return String.join("|", order.stream().map(s -> s.substring(s.indexOf(':') + 1)).toList());
    }

    private static int place(String entry) {
        return Integer.parseInt(entry.substring(0, entry.indexOf(':')));
    }

    @Test
    void controlTokensAreKnownByTheirMarkOrTheirForm() {
        assertThat(token("<think>", false).control()).isTrue();
        assertThat(token("[TOOL]", false).control()).isTrue();
        assertThat(token("stop", true).control()).isTrue();
        assertThat(token("\n\n", false).control()).isFalse();
        assertThat(token("<>", false).control()).isFalse();
    }

    private static AddedToken token(String content, boolean special) {
        return new AddedToken(0, content, false, false, false, false, special);
    }

    @Test
    void everyByteHasItsLetter() {
        var letters = new StringBuilder();
        for (int i = 0; i < 256; i++) {
            letters.append(ByteAlphabet.letter(i));
            assertThat(Character.isWhitespace(ByteAlphabet.letter(i))).isFalse();
        }
        var bytes = ByteAlphabet.bytes(letters.toString()).orElseThrow();
        for (int i = 0; i < 256; i++) {
            assertThat(bytes[i] & 0xff).isEqualTo(i);
        }
        assertThat(ByteAlphabet.letter(' ')).isEqualTo('Ġ');
        assertThat(ByteAlphabet.bytes("a b")).isEmpty();
    }

    @Test
    void fallbackBytesBecomeCharactersOrAreMarkedAsNone() {
        var text = TokenText.Steps.marked(true, true);
        assertThat(text.text(List.of("▁a", "<0xC3>", "<0xA9>", "▁b"))).isEqualTo("aé b");
        assertThat(text.text(List.of("<0xC3>", "<0xA9>", "<0xC3>")))
                .isEqualTo("\ufffd\ufffd\ufffd");
        assertThat(text.text(List.of("<0xC3>", "x", "<0x0a>"))).isEqualTo("\ufffdx\n");
        assertThat(text.fallback("<0xG0>")).isEmpty();
        assertThat(text.fallback("<0x41>")).isEqualTo(Optional.of((byte) 'A'));
    }

    @Test
    void wordPiecesAreJoinedAndCleaned() {
        var text = TokenText.wordPieces("##", true);
        assertThat(text.text(List.of("un", "##like", "##ly", ",", "is", "n't", "it", "?")))
                .isEqualTo("unlikely, isn't it?");
        assertThat(TokenText.wordPieces("##", false).text(List.of("a", "."))).isEqualTo("a .");
        assertThat(TokenText.words().text(List.of("a", "b"))).isEqualTo("a b");
    }

    @Test
    void aTemplateStandsAroundOneTextAndTwo() {
        var template = TokenTemplate.around(List.of(1), List.of(2));
        assertThat(template.apply(list(7, 8)).ids()).containsExactly(1, 7, 8, 2);
        var pair = template.apply(list(7), list(8, 9));
        assertThat(pair.ids()).containsExactly(1, 7, 2, 8, 9, 2);
        assertThat(pair.types()).containsExactly(0, 0, 0, 1, 1, 1);
    }

    private static TokenList list(int... ids) {
        var list = new TokenList();
        for (int id : ids) {
            list.add(id, 0, 1);
        }
        return list;
    }

    @Test
    void aStreamKeepsBackOnlyWhatMayBecomeACharacter() {
        var bytes = "é🦊".getBytes(StandardCharsets.UTF_8);
        var stream =
                new TextStream(
                        id -> Optional.of(Character.toString(id & 0xff)),
                        (token, before) -> new byte[] {(byte) token.charAt(0)});
        var parts = new ArrayList<String>();
        for (byte each : bytes) {
            parts.add(stream.push(each));
        }
        assertThat(parts).containsExactly("", "é", "", "", "", "🦊");
        assertThat(stream.push(0xff)).isEqualTo("\ufffd");
        assertThat(stream.push(0xf0)).isEmpty();
        assertThat(stream.push('x')).isEqualTo("\ufffdx");
        assertThat(stream.push(0xe2)).isEmpty();
        assertThat(stream.finish()).isEqualTo("\ufffd");
        assertThat(stream.finish()).isEmpty();
    }

    private static String words(TextSplitter splitter, String text) {
        var words = new ArrayList<String>();
        splitter.split(AlignedText.plain(text, 0), word -> words.add(word.text()));
        return String.join("_", words);
    }
}
