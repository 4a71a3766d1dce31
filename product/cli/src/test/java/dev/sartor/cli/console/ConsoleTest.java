package dev.sartor.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.run.Figures;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    @Test
    void resultsAloneGoToTheStandardOutput() {
        var screen = Screen.terminal(80);
        try (var step = screen.console().begin("Reading", 10, "rows")) {
            step.advance(5);
            screen.console().say("a remark");
        }
        screen.console().print("{}");
        assertThat(screen.results()).isEqualTo("{}\n");
    }

    @Test
    void aTerminalShowsOneLiveLineWithBarShareAndTimeLeft() {
        var screen = Screen.terminal(100);
        try (var step = screen.console().begin("Answering", 300, "questions")) {
            step.advance(0);
            screen.passSeconds(60);
            step.advance(150);
            assertThat(lastDrawn(screen))
                    .isEqualTo(
                            "━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌ Answering: 50 %, 150 of 300 questions, 1 min left");
        }
    }

    @Test
    void aLiveLineNeverWraps() {
        var screen = Screen.terminal(20);
        try (var step =
                screen.console().begin("A long name for a piece of work", 300, "questions")) {
            step.advance(1);
            assertThat(lastDrawn(screen)).hasSize(19).endsWith("…");
        }
    }

    @Test
    void aRemarkTakesTheLiveLinesPlaceAndLeavesNothingOfIt() {
        var screen = Screen.terminal(80);
        try (var _ = screen.console().begin("Reading", 10, "rows")) {
            screen.console().say("a remark");
            assertThat(screen.remarks()).endsWith("\r\u001b[Ka remark\n");
        }
    }

    @Test
    void aLiveLineIsRedrawnAtMostTenTimesASecond() {
        var screen = Screen.terminal(80);
        try (var step = screen.console().begin("Reading", 1000, "rows")) {
            for (int i = 0; i < 1000; i++) {
                screen.passSeconds(0.001);
                step.advance(1);
            }
        }
        assertThat(screen.remarks().split("\r", -1)).hasSizeBetween(9, 15);
    }

    @Test
    void aFileGetsALineNowAndThenWithoutControlCharacters() {
        var screen = Screen.file();
        try (var step = screen.console().begin("Training", 100, "steps")) {
            for (int i = 0; i < 100; i++) {
                screen.passSeconds(1);
                step.advance(1);
                step.note("loss 1.5");
            }
        }
        assertThat(screen.remarks()).doesNotContain("\r", "\u001b");
        assertThat(screen.remarks().lines())
                .hasSizeBetween(5, 6)
                .first()
                .isEqualTo("Training: 20 %, 20 of 100 steps, 1 min 20 s left, loss 1.5");
        assertThat(screen.remarks()).endsWith("Training: 100 steps in 1 min 40 s, loss 1.5\n");
    }

    @Test
    void aShortPieceOfWorkLeavesNoLine() {
        var screen = Screen.file();
        try (var step = screen.console().begin("Reading", 10, "rows")) {
            screen.passSeconds(0.5);
            step.advance(10);
        }
        assertThat(screen.remarks()).isEmpty();
    }

    @Test
    void theInnerPieceOfWorkIsShownAndThenTheOuterAgain() {
        var screen = Screen.terminal(100);
        try (var _ = screen.console().begin("Comparing", 5, "candidates")) {
            try (var _ = screen.console().begin("Training", 100, "steps")) {
                assertThat(lastDrawn(screen)).contains("Training");
            }
            assertThat(lastDrawn(screen)).contains("Comparing");
        }
        assertThat(screen.remarks()).endsWith("\r\u001b[K");
    }

    @Test
    void aResumedDownloadsSpeedIsThatOfTheRest() {
        var mib = 1048576L;
        var pace = new Pace("model.gguf", 100 * mib, "bytes", 0);
        pace.advance(90 * mib, 1_000_000_000L);
        pace.advance(mib, 2_000_000_000L);
        assertThat(pace.describe(2_000_000_000L))
                .isEqualTo("model.gguf: 91 %, 91.0 of 100.0 MiB, 9 s left");
    }

    @Test
    void workOfUnknownLengthShowsWhatIsDone() {
        var pace = new Pace("Indexing", 0, "passages", 0);
        pace.advance(1234, 1);
        assertThat(pace.drawn(2_000_000_000L)).isEqualTo("Indexing: 1,234 passages");
        assertThat(pace.summary(2_000_000_000L)).isEqualTo("Indexing: 1,234 passages in 2 s");
    }

    @Test
    void timesAreSaidInWords() {
        assertThat(Figures.duration(0.4)).isEqualTo("0 s");
        assertThat(Figures.duration(59.6)).isEqualTo("1 min");
        assertThat(Figures.duration(80)).isEqualTo("1 min 20 s");
        assertThat(Figures.duration(7500)).isEqualTo("2 h 5 min");
        assertThat(Figures.duration(7200)).isEqualTo("2 h");
    }

    private static String lastDrawn(Screen screen) {
        var text = screen.remarks();
        return text.substring(text.lastIndexOf("\u001b[K") + 3);
    }
}
