package dev.sartor.serve.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SentAdapterTest {
    private static final byte[] SETTINGS = bytes("{}");
    private static final byte[] WEIGHTS = bytes("weights".repeat(200));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SentAdapter tar(byte[] archive) {
        return new SentAdapter(new TarArchive(new ByteArrayInputStream(archive)), 1 << 20);
    }

    private static SentAdapter zip(byte[] archive) {
        return new SentAdapter(new ZipArchive(new ByteArrayInputStream(archive)), 1 << 20);
    }

    private static Map<String, String> all(SentAdapter sent) throws IOException {
        var files = new LinkedHashMap<String, String>();
        for (var file = sent.next(); file.isPresent(); file = sent.next()) {
            files.put(
                    file.get().name(),
                    new String(file.get().bytes().readAllBytes(), StandardCharsets.UTF_8));
        }
        return files;
    }

    private static Map<String, byte[]> folder(String in) {
        var files = new LinkedHashMap<String, byte[]>();
        files.put(in + "README.md", bytes("how it was trained"));
        files.put(in + "adapter_config.json", SETTINGS);
        files.put(in + "adapter_model.safetensors", WEIGHTS);
        files.put(in + "runs/training_args.bin", bytes("a pickle that nobody reads"));
        return files;
    }

    @Test
    void theFilesOfAnAdapterAreReadAndOthersTold() throws IOException {
        for (var in : List.of("", "./", "support/", "./a/b/")) {
            for (var sent : List.of(tar(Archives.tar(folder(in))), zip(Archives.zip(folder(in))))) {
                assertThat(all(sent))
                        .as(in)
                        .containsOnlyKeys("adapter_config.json", "adapter_model.safetensors")
                        .containsValue(new String(WEIGHTS, StandardCharsets.UTF_8));
                assertThat(sent.leftOut()).containsExactly("README.md", "training_args.bin");
            }
        }
    }

    @Test
    void longNamesOfGnuAndOfPaxAreRead() throws IOException {
        var path = "a".repeat(150) + "/adapter_config.json";
        var out = new ByteArrayOutputStream();
        out.writeBytes(Archives.entry('L', "././@LongLink", bytes(path + "\0")));
        out.writeBytes(Archives.entry('0', path.substring(0, 99), SETTINGS));
        var other = path.replace("adapter_config.json", "adapter_model.safetensors");
        var record = " path=" + other + "\n";
        out.writeBytes(Archives.entry('x', "PaxHeader", bytes((record.length() + 3) + record)));
        out.writeBytes(Archives.entry('0', other.substring(0, 99), WEIGHTS));
        out.writeBytes(new byte[1024]);
        assertThat(all(tar(out.toByteArray())))
                .containsOnlyKeys("adapter_config.json", "adapter_model.safetensors");
    }

    @Test
    void aNameThatLeadsElsewhereIsRefused() {
        for (var name :
                List.of(
                        "../adapter_config.json",
                        "/adapter_config.json",
                        "a/../adapter_config.json",
                        "a//adapter_config.json",
                        "..\\adapter_config.json",
                        "")) {
            assertThatThrownBy(() -> all(tar(Archives.tar(Map.of(name, SETTINGS)))))
                    .as(name)
                    .hasMessageContaining("leads out of its folder");
            assertThatThrownBy(() -> all(zip(Archives.zip(Map.of(name, SETTINGS)))))
                    .as(name)
                    .hasMessageContaining("leads out of its folder");
        }
    }

    @Test
    void linksDevicesPicklesAndDoublesAreRefused() {
        for (char type : "1234".toCharArray()) {
            assertThatThrownBy(() ->
                            all(tar(Archives.entry(type, "adapter_config.json", new byte[0]))))
                    .hasMessageContaining("no file and no folder");
        }
        assertThatThrownBy(() -> all(tar(Archives.tar(Map.of("a/adapter_model.bin", WEIGHTS)))))
                .hasMessageContaining("a pickle, which can run code");
        var twice = new LinkedHashMap<String, byte[]>();
        twice.put("a/adapter_config.json", SETTINGS);
        twice.put("b/adapter_config.json", SETTINGS);
        assertThatThrownBy(() -> all(tar(Archives.tar(twice))))
                .hasMessageContaining("in another folder");
    }

    /// 64 MiB of zeros in a few KiB.
    @Test
    void whatASmallArchiveUnpacksToIsBounded() throws IOException {
        var bomb = Archives.zip(Map.of("README.md", new byte[64 << 20]));
        assertThat(bomb.length).isLessThan(1 << 17);
        assertThatThrownBy(() -> all(zip(bomb))).hasMessageContaining("larger than 1048576 bytes");
    }

    @Test
    void aBodyMayNotBeLongerThanItMay() {
        var body = new MeteredBody(new ByteArrayInputStream(new byte[2000]), 1999);
        assertThatThrownBy(body::readAllBytes).hasMessageContaining("larger than 1999 bytes");
    }

    @Test
    void anArchiveThatIsCutOrChangedAnywhereIsReadOrRefusedAndNeverADefect() throws IOException {
        var random = new Random(5);
        for (var whole : List.of(Archives.tar(folder("a/")), Archives.zip(folder("a/")))) {
            boolean isTar = whole[0] == 'a';
            for (int i = 0; i < 400; i++) {
                var changed =
                        i % 2 == 0
                                ? Arrays.copyOf(whole, random.nextInt(whole.length))
                                : whole.clone();
                if (i % 2 == 1) {
                    changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                }
                try {
                    all(isTar ? tar(changed) : zip(changed));
                } catch (dev.sartor.serve.http.Refused e) {
                    assertThat(e).hasMessageContaining("archive of an adapter");
                }
            }
        }
    }
}
