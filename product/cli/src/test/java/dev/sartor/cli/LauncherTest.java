package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The script `sartor` on machines where something is missing: one readable line, and 3.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "sartor.cmd is said to be untested")
class LauncherTest {
    @TempDir Path machine;

    private FreshClone clone;

    @BeforeEach
    void aFreshClone() throws IOException {
        clone = FreshClone.at(machine);
    }

    @Test
    void withoutAnyJdkItSaysWhichOneToInstall() throws Exception {
        var end = clone.start("version");
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.line())
                .startsWith("sartor: Sartor needs a JDK 25 and found none: install one")
                .contains("Temurin 25", "SARTOR_JAVA_HOME");
        isOnTheErrorsPage(end);
    }

    @Test
    void anotherJdkIsNamedWithItsVersion() throws Exception {
        var old = clone.fakeJdk("17.0.9");
        var end = clone.with("JAVA_HOME", old.toString()).start("version");
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.line()).contains("found none (" + old + " is Java 17.0.9)");
        isOnTheErrorsPage(end);
    }

    @Test
    void aNamedJdkOfAnotherVersionIsRefused() throws Exception {
        var old = clone.fakeJdk("24");
        var end = clone.with("SARTOR_JAVA_HOME", old.toString()).start("version");
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.line())
                .isEqualTo(
                        "sartor: SARTOR_JAVA_HOME must be the home of a JDK 25, got "
                                + old
                                + " (Java 24): point it to one, or unset it to have one looked for.");
    }

    @Test
    void withoutMavenItSaysHowToGetIt() throws Exception {
        var end = clone.withThisJdk().start("version");
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.line())
                .startsWith(
                        "sartor: Sartor is built by Maven 3.8.6 or newer and no mvn is on the PATH: install it")
                .contains("apt install maven", "maven.apache.org");
        isOnTheErrorsPage(end);
    }

    @Test
    void anOldMavenIsNamedWithItsVersion() throws Exception {
        clone.program("mvn", "echo 'Apache Maven 3.6.3'");
        var end = clone.withThisJdk().start("version");
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.line()).contains("Maven 3.8.6 or newer", "is 3.6.3", "first on the PATH");
    }

    @Test
    void withoutANetworkAtTheFirstRunItSaysWhatToConnect() throws Exception {
        var home = Files.createDirectories(machine.resolve("home"));
        Files.createDirectories(home.resolve(".m2"));
        Files.writeString(
                home.resolve(".m2/settings.xml"),
                """
                <settings><mirrors><mirror>
                  <id>nowhere</id><mirrorOf>*</mirrorOf><url>http://127.0.0.1:%d/</url>
                </mirror></mirrors></settings>
                """
                        .formatted(closedPort()));
        clone.program("mvn", "exec '" + System.getProperty("maven.home") + "/bin/mvn' \"$@\"");
        var end = clone.withThisJdk().with("MAVEN_OPTS", "-Duser.home=" + home).start("quickstart");
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.lines()).hasSize(2);
        assertThat(end.lines().getFirst()).startsWith("sartor: building Sartor (first time");
        assertThat(end.lines().getLast())
                .startsWith(
                        "sartor: the libraries that Sartor is built with could not be downloaded")
                .contains("(Connection refused)", "connect to the network", "sartor-build.log");
        isOnTheErrorsPage(end);
    }

    @Test
    void aDiskThatFillsDuringTheBuildIsSomethingMissing() throws Exception {
        clone.program(
                "mvn",
                "case $1 in -v) echo 'Apache Maven 3.9.9' ;; *) echo '[ERROR] No space left on device'; exit 1 ;; esac");
        var end = clone.withThisJdk().start("version");
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.lines().getLast()).contains("is full: free some space");
        isOnTheErrorsPage(end);
    }

    @Test
    void aFileThatMayNotBeWrittenIsNotTakenForAFullDiskOrADefect() throws Exception {
        clone.program(
                "mvn",
                "case $1 in -v) echo 'Apache Maven 3.9.9' ;; *) echo '[ERROR] /m2/a.jar (Permission denied)'; exit 1 ;; esac");
        var end = clone.withThisJdk().start("version");
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.lines().getLast())
                .contains(
                        "may not be written (/m2/a.jar (Permission denied))", "where you may write")
                .doesNotContain("space");
    }

    @Test
    void aBuildThatFailsForAnotherReasonIsOurDefectAndItsErrorsAreShown() throws Exception {
        clone.program(
                "mvn",
                "case $1 in -v) echo 'Apache Maven 3.9.9' ;; *) echo '[ERROR] X.java:[1,2] no'; exit 1 ;; esac");
        var end = clone.withThisJdk().start("version");
        assertThat(end.code()).isEqualTo(70);
        assertThat(end.lines()).contains("[ERROR] X.java:[1,2] no");
        assertThat(end.lines().getLast()).startsWith("sartor: the build failed; its whole log is");
    }

    private void isOnTheErrorsPage(FreshClone.End end) throws IOException {
        new ErrorsPage()
                .naming(machine.resolve("clone").toRealPath(), "/home/ann/sartor")
                .naming(machine.resolve("clone"), "/home/ann/sartor")
                .naming(machine.resolve("jdk-17.0.9"), "/usr/lib/jvm/java-17")
                .shows(end.lines().getLast());
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
