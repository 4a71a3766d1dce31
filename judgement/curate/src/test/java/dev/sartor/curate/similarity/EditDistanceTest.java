package dev.sartor.curate.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EditDistanceTest {
    private final SplittableRandom random = new SplittableRandom(7);

    private String text(int length, String alphabet) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /// The table as textbooks fill it; a part of the other text may begin and end anywhere where it is asked for.
    private static int table(String a, String b, boolean isPart) {
        var cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i == 0 ? (isPart ? 0 : j) : i;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        int least = cost[a.length()][b.length()];
        for (int j = 0; isPart && j <= b.length(); j++) {
            least = Math.min(least, cost[a.length()][j]);
        }
        return least;
    }

    @Test
    void isWhatTheTableSays() {
        for (int i = 0; i < 400; i++) {
            var alphabet = i % 2 == 0 ? "ab" : "abcdeé日";
            var a = text(random.nextInt(200), alphabet);
            var b = text(random.nextInt(200), alphabet);
            assertThat(EditDistance.of(a, b, 1_000))
                    .as("%s / %s", a, b)
                    .isEqualTo(table(a, b, false));
        }
    }

    @Test
    void isWhatTheTableSaysOfTextsThatAreAlike() {
        var planted = new PlantedTexts(5);
        for (int i = 0; i < 200; i++) {
            var a = planted.text(random.nextInt(1, 60));
            var b = planted.characters(a, 0.1);
            assertThat(EditDistance.of(a, b, 1_000))
                    .as("%s / %s", a, b)
                    .isEqualTo(table(a, b, false));
        }
    }

    @Test
    void saysThatItIsMoreWhereItIs() {
        for (int i = 0; i < 200; i++) {
            var a = text(random.nextInt(150), "abc");
            var b = text(random.nextInt(150), "abc");
            int distance = table(a, b, false);
            int most = random.nextInt(100);
            assertThat(EditDistance.of(a, b, most))
                    .matches(found -> distance > most ? found > most : found == distance);
        }
    }

    @Test
    void findsThePartThatIsNearest() {
        for (int i = 0; i < 300; i++) {
            var a = text(random.nextInt(150), "abc");
            var b = text(random.nextInt(300), "abc");
            assertThat(EditDistance.toPart(a, b)).as("%s / %s", a, b).isEqualTo(table(a, b, true));
        }
        assertThat(EditDistance.toPart("needle", "a haystack with a neadle in it")).isEqualTo(1);
    }

    @Test
    void neighboursThatChangePlacesAreOneEdit() {
        assertThat(EditDistance.of("recieve", "receive", 9)).isEqualTo(1);
        assertThat(EditDistance.of("", "abc", 9)).isEqualTo(3);
        assertThat(EditDistance.of("abc", "abc", 0)).isZero();
    }
}
