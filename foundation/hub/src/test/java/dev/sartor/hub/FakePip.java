package dev.sartor.hub;

import dev.sartor.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A program that answers to pip's command line as pip does, from reports that a test lays out.
public final class FakePip {
    private final Path folder;

    public FakePip(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        script(
                """
                echo "$*" >> "%1$s/calls"
                while [ $# -gt 1 ]; do
                    if [ "$1" = --report ]; then report=$2; fi
                    shift
                done
                if [ -f "%1$s/$1.json" ]; then cp "%1$s/$1.json" "$report"; exit 0; fi
                echo "WARNING: Retrying" >&2
                echo "ERROR: No matching distribution found for $1 at https://me:pw@mirror/simple" >&2
                echo "trailing advice" >&2
                exit 1
                """
                        .formatted(folder));
    }

    /// Does what the shell script says, whatever it is asked.
    public FakePip script(String text) throws IOException {
        Files.writeString(folder.resolve("pip.sh"), text);
        return this;
    }

    public List<String> command() {
        return List.of("sh", folder.resolve("pip.sh").toString());
    }

    public List<String> calls() throws IOException {
        var file = folder.resolve("calls");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /// In the shape of pip's installation report, version 1.
    public FakePip knows(String requirement, URI address, Map<String, ?> archive)
            throws IOException {
        Files.writeString(
                folder.resolve(requirement + ".json"),
                Json.line(
                        Map.of(
                                "version",
                                "1",
                                "install",
                                List.of(
                                        Map.of(
                                                "download_info",
                                                Map.of(
                                                        "url",
                                                        address.toString(),
                                                        "archive_info",
                                                        archive))))));
        return this;
    }

    public static byte[] wheel(Map<String, byte[]> members) {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
