package dev.sartor.curate.quality;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenTextTest {
    private static final BrokenText BROKEN = BrokenText.usual();
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static List<String> rules(String text) {
        return BROKEN.findings(text).stream().map(Finding::rule).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Where is my order? I paid on 3 May.",
                "👍",
                "€ 5",
                "Café „Menü“ – 12 °C, «voilà», ¿qué tal?",
                "Er sagte: „ÄÖÜ“, und ging…",
                "SÃO PAULO, MANHÃ”",
                "È\u00a0vero: 5\u00a0Å\u00a0und 3\u00a0Å²",
                "Ελλάδα, Україна, עברית, العربية, हिन्दी, 日本語, 한국어",
                "if (a < b && c > d) { return x[i] % 10; }",
                "See https://example.org/a%20b?x=1&y=2#top for the list.",
                "The path is C:\\users\\name and 50% of 20 = 10.",
                "<3 you, a < b, 5 > 3",
                "We store cookies on your device only after you agreed, says the law, which a shop has to follow in all of its pages, apps and mails."
            })
    void whatPeopleWriteIsNotBroken(String text) {
        assertThat(BROKEN.findings(text)).isEmpty();
        assertThat(BROKEN.repaired(text)).isEmpty();
    }

    @Test
    void textsWithoutWordsAreFound() {
        assertThat(rules("")).containsExactly("empty");
        assertThat(rules(" \n\t ")).containsExactly("empty");
        assertThat(rules("?!... --- ***")).containsExactly("punctuation_only");
    }

    @Test
    void bytesThatCouldNotBeReadAreFound() {
        assertThat(rules("K\ufffdndigung der Wohnung")).containsExactly("replacement_characters");
        assertThat(rules("\ufffd\ufffd\ufffd")).containsExactly("replacement_characters");
    }

    /// Texts in several languages, read wrong in both ways: each is found, and put right to the letter.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Die Kündigung ist schriftlich zu erklären – „so“ steht es im Vertrag.",
                "L’été à la campagne, ça coûte 20 €.",
                "El año que viene será mañana.",
                "Zażółć gęślą jaźń",
                "Договор может быть расторгнут письменно.",
                "Η σύμβαση καταγγέλλεται εγγράφως.",
                "契約は書面で解約できます。",
                "Great 👍 thanks 🎉",
                "naïve café"
            })
    void textReadInTheWrongEncodingIsRepaired(String meant) {
        var latin = new String(meant.getBytes(UTF_8), ISO_8859_1);
        assertThat(rules(latin)).contains("mojibake");
        assertThat(BROKEN.repaired(latin)).contains(meant);
        var windows = new String(meant.getBytes(UTF_8), WINDOWS);
        if (windows.indexOf('\ufffd')
                < 0) { // five bytes have no character there: what they were is lost
            assertThat(rules(windows)).contains("mojibake");
            assertThat(BROKEN.repaired(windows)).contains(meant);
        }
    }

    @Test
    void textThatWasGarbledTwiceIsRepaired() {
        var once = new String("Für Äpfel".getBytes(UTF_8), ISO_8859_1);
        var twice = new String(once.getBytes(UTF_8), ISO_8859_1);
        assertThat(BROKEN.repaired(twice)).contains("Für Äpfel");
    }

    @Test
    void controlCharactersAreTakenOut() {
        var text = "\ufeffThe order\u0000 is\u0008 on\u200b its way.\ud83d\r\n\tThanks.";
        assertThat(rules(text)).containsExactly("control_characters");
        assertThat(BROKEN.repaired(text))
                .contains("\ufeffThe order is on\u200b its way.\r\n\tThanks.");
    }

    @Test
    void bytesInBase64AreFound() {
        var bytes = new byte[600];
        new Random(1).nextBytes(bytes);
        var blob = Base64.getEncoder().encodeToString(bytes);
        assertThat(rules("Logo: data:image/png;base64," + blob)).contains("blobs");
        assertThat(rules("-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----"))
                .contains("blobs");
        assertThat(rules("a".repeat(500))).isEmpty();
        assertThat(rules("https://example.org/" + "long/path/without/blanks/".repeat(10)))
                .isEmpty();
        assertThat(
                        rules(
                                "The commit is 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08."))
                .isEmpty();
    }

    @Test
    void remainsOfMarkUpAreFound() {
        assertThat(rules("<div class=\"t\"><p>Open until 6 pm</p></div>")).contains("html_tags");
        assertThat(rules("Tom &amp; Jerry&#39;s &quot;shop&quot; &gt; all")).contains("escapes");
        assertThat(rules("K\\u00fcndigung f\\u00fcr M\\u00fcller")).contains("escapes");
        assertThat(rules("K=C3=BCndigung f=C3=BCr M=C3=BCller")).contains("escapes");
        assertThat(
                        BrokenText.usual()
                                .without(BrokenRule.HTML_TAGS)
                                .findings("<p>Open</p><p>now</p>"))
                .isEmpty();
    }

    @Test
    void boilerplateIsFoundWhereItIsMostOfTheText() {
        assertThat(
                        rules(
                                "This website uses cookies to improve your experience.\nAccept all cookies"))
                .contains("boilerplate");
        assertThat(rules("Lorem ipsum dolor sit amet, consectetur adipiscing elit."))
                .contains("boilerplate");
        assertThat(rules("Home | Products | Prices | About us | Contact")).contains("boilerplate");
        assertThat(rules("| model | rows | share |\n| a | 12 | 0.5 |")).isEmpty();
        assertThat(
                        rules(
                                "The tenant returns all keys on the last day and pays for those that are missing.\n"
                                        + "The landlord looks at the flat together with the tenant.\nAll rights reserved"))
                .isEmpty();
    }

    /// A hundred megabytes would take ten times as long: a second or so for each.
    @Test
    void hostileTextsTakeLinearTime() {
        int many = 5_000_000;
        for (var part :
                List.of("<", "&#", "%C3", "Ã", "(", "\u0000", "=", "a", "\n", "|a", "Â\u0080")) {
            BROKEN.findings(part.repeat(many / part.length()));
        }
    }
}
