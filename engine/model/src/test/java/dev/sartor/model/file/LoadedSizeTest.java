package dev.sartor.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.model.Precision;
import dev.sartor.model.ReferenceModel;
import dev.sartor.tensor.DType;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedSizeTest {
    private static final LoadedSize SEVEN =
            LoadedSize.of(Path.of("acme"), Stream.of(List.of(7L << 30), List.of()));

    @TempDir Path folder;

    @Test
    void whatFitsIsLoadedAndWhereNothingIsKnownEverythingIs() {
        assertThat(SEVEN.refusal(Precision.BF16, true, 14_337)).isEmpty();
        assertThat(SEVEN.refusal(Precision.F32, true, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void whatDoesNotIsRefusedWithTheFormThatWould() {
        assertThat(SEVEN.refusal(Precision.BF16, true, 14_000).orElseThrow())
                .isEqualTo(
                        "the weights of acme take 14336 MiB in bf16 and 14000 are free: hold them in int8 (7168 MiB), free some memory, or choose a smaller model.");
        assertThat(SEVEN.refusal(Precision.INT8, true, 5000).orElseThrow())
                .contains("hold them in int4 (4480 MiB)");
        assertThat(SEVEN.refusal(Precision.INT4, true, -1000).orElseThrow())
                .contains("and 0 are free: free some memory");
        assertThat(SEVEN.refusal(Precision.F32, false, 15_000).orElseThrow())
                .contains("hold them in bf16 (14336 MiB)");
        assertThat(SEVEN.refusal(Precision.BF16, false, 10_000).orElseThrow())
                .as("no decoder")
                .contains("are free: free some memory");
    }

    /// The file is as large as it says, and empty on the disk.
    @Test
    void aModelThatIsLargerThanTheMachineIsRefusedBeforeItIsRead() throws Exception {
        var config = Files.readString(ReferenceModel.of("llama").folder().resolve("config.json"));
        Files.writeString(folder.resolve("config.json"), config);
        long rows = 3L << 30;
        var header =
                ("{\"model.embed_tokens.weight\":{\"dtype\":\"BF16\",\"shape\":[%d,1024],"
                                + "\"data_offsets\":[0,%d]}}")
                        .formatted(rows, 2048 * rows)
                        .getBytes(StandardCharsets.UTF_8);
        try (var file = new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
            file.write(
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(header.length)
                            .array());
            file.write(header);
            file.setLength(8 + header.length + 2048 * rows);
        }
        assertThatThrownBy(() -> Networks.decoder(folder, DType.BF16))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("take 6291456 MiB in bf16");
    }
}
