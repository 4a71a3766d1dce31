package dev.sartor.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.ChildSartor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no signals there")
class InterruptsTest {
    @TempDir Path folder;

    private Process working(String... args) throws IOException {
        var all = new java.util.ArrayList<>(List.of(folder.toString()));
        all.addAll(List.of(args));
        var process =
                new ChildSartor(folder).main(LongWork.class).start(all.toArray(String[]::new));
        for (int c = process.getInputStream().read();
                c != '\n';
                c = process.getInputStream().read()) {
            assertThat(c).as("it ended before it worked").isNotNegative();
        }
        return process;
    }

    private static void send(String signal, Process process) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    void ctrlCStopsTheWorkAtItsNextSafePointWith130AndNamesTheNextCommand() throws Exception {
        var process = working();
        send("INT", process);
        var end = ChildSartor.end(process);
        assertThat(end.code()).isEqualTo(130);
        assertThat(end.err().lines())
                .containsExactly(
                        "Stopping at the next safe point… Ctrl-C again ends at once.",
                        "Stopped at step 7.",
                        "To go on: sartor tune route");
    }

    @Test
    void aPoliteKillDoesTheSame() throws Exception {
        var process = working();
        send("TERM", process);
        assertThat(ChildSartor.end(process).code()).isEqualTo(130);
    }

    @Test
    void aSecondCtrlCEndsWorkThatDoesNotListen() throws Exception {
        var process = working("deaf");
        send("INT", process);
        var said = process.getErrorStream().read(); // the first one has arrived
        assertThat(said).isEqualTo('S');
        send("INT", process);
        assertThat(ChildSartor.end(process).code()).isEqualTo(130);
    }
}
