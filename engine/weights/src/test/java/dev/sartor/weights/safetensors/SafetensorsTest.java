package dev.sartor.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.weights.Resources;
import dev.sartor.weights.SafetensorsType;
import dev.sartor.weights.WeightAccess;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    private static final String KEY =
            "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight";

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void readsWhatPeftWrote(WeightAccess access) throws IOException {
        var file = write(Resources.bytes("peft-adapter.safetensors"));
        try (var tensors = Safetensors.open(file, access)) {
            assertThat(tensors.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThat(tensors.names()).contains(KEY);
            var entry = tensors.tensor(KEY);
            assertThat(entry.type()).isEqualTo(SafetensorsType.F32);
            assertThat(entry.shape()).hasSize(2);
            float first = entry.bytes().get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0);
            assertThat(Math.abs(first)).isBetween(1e-6f, 1f);
            assertThat(tensors.tensor(KEY)).isSameAs(entry);
        }
    }

    @Test
    void writesTheBytesThatPeftWrote() throws IOException {
        var original = Resources.bytes("peft-adapter.safetensors");
        var copy = folder.resolve("copy.safetensors");
        try (var tensors = Safetensors.open(write(original), WeightAccess.COPIED)) {
            var all = new LinkedHashMap<String, Safetensors.Entry>();
            tensors.names().reversed().forEach(name -> all.put(name, tensors.tensor(name)));
            SafetensorsWriter.write(copy, all);
        }
        assertThat(copy).hasBinaryContent(original);
    }

    @Test
    void widerElementsComeFirstSoThatAllAreAligned() {
        var file = folder.resolve("mixed.safetensors");
        SafetensorsWriter.write(
                file,
                Map.of(
                        "a", entry(SafetensorsType.U8, List.of(3L), 3),
                        "b", entry(SafetensorsType.F64, List.of(), 8),
                        "c", entry(SafetensorsType.BF16, List.of(0L, 5L), 0)),
                Map.of());
        try (var tensors = Safetensors.open(file, WeightAccess.MAPPED)) {
            assertThat(tensors.names()).containsExactlyInAnyOrder("b", "a", "c");
            assertThat(tensors.names().getFirst()).isEqualTo("b");
            assertThat(tensors.tensor("c").bytes().byteSize()).isZero();
        }
    }

    @Test
    void everyCutIsAUsersErrorThatNamesTheFile() throws IOException {
        var whole = Resources.bytes("peft-adapter.safetensors");
        for (int length = 0; length < whole.length; length += 1 + length / 7) {
            var file = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.open(file, WeightAccess.COPIED))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("again");
        }
    }

    @Test
    void aCutFileSaysWhatIsExpectedAndFound() throws IOException {
        var whole = Resources.bytes("peft-adapter.safetensors");
        var file = write(Arrays.copyOf(whole, whole.length - 5));
        assertThatThrownBy(() -> Safetensors.open(file, WeightAccess.COPIED))
                .hasMessageContaining("cut off")
                .hasMessageContaining("" + whole.length)
                .hasMessageContaining("" + (whole.length - 5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                                | not a JSON object",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} x | not valid JSON",
                "{\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}} | unknown dtype 'F31'",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}                         | data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | cannot have the data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | not a size",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}} | not a size",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}} | lacks the list shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387905],\"data_offsets\":[0,4]}} | cannot have",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | cannot have",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | must begin at byte 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | must begin at byte 4",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | not valid JSON",
                "{\"__metadata__\":{\"a\":1}}                                       | is not a string",
                "{}                                                                | 8 bytes follow",
            })
    void nonsenseInTheHeaderIsNamed(String header, String message) throws IOException {
        var json = header.strip().getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(16 + json.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        var file = write(bytes.array());
        assertThatThrownBy(() -> Safetensors.open(file, WeightAccess.COPIED))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 100_000_001, Long.MIN_VALUE})
    void aHeaderOfAnImpossibleLengthIsRefused(long length) throws IOException {
        var bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        var file = write(bytes.array());
        assertThatThrownBy(() -> Safetensors.open(file, WeightAccess.COPIED))
                .hasMessageContaining("length must be");
    }

    @Test
    void turnedBitsNeverGiveAnythingButAUsersError() throws IOException {
        var whole = Resources.bytes("peft-adapter.safetensors");
        var random = new SplittableRandom(11);
        for (int round = 0; round < 400; round++) {
            var bytes = whole.clone();
            bytes[random.nextInt(1500)] ^= (byte) (1 << random.nextInt(8));
            var file = write(bytes);
            try (var tensors = Safetensors.open(file, WeightAccess.COPIED)) {
                tensors.names().forEach(tensors::tensor);
            } catch (SartorException e) {
                assertThat(e.kind()).isEqualTo(SartorException.Kind.USER);
            }
        }
    }

    @Test
    void anIndexGathersItsShards() throws IOException {
        shard("model-00001-of-00002.safetensors", "a");
        shard("model-00002-of-00002.safetensors", "b");
        Files.writeString(
                folder.resolve(Safetensors.INDEX),
                """
                {"metadata": {"total_size": 8}, "weight_map": {
                 "a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}
                """);
        try (var tensors = Safetensors.open(folder, WeightAccess.COPIED)) {
            assertThat(tensors.names()).containsExactly("a", "b");
            assertThat(tensors.tensor("b").shape()).containsExactly(1L);
            assertThat(tensors.metadata()).containsEntry("format", "pt");
            assertThatThrownBy(() -> tensors.tensor("c")).hasMessageContaining("no tensor 'c'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.safetensors", "a/b.safetensors", "model.bin"})
    void anIndexReachesNoOtherFolder(String name) throws IOException {
        Files.writeString(
                folder.resolve(Safetensors.INDEX), "{\"weight_map\": {\"a\": \"" + name + "\"}}");
        assertThatThrownBy(() -> Safetensors.open(folder, WeightAccess.COPIED))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(name);
    }

    @Test
    void anIndexThatNamesAMissingTensorOrShardIsRefused() throws IOException {
        shard("s.safetensors", "a");
        var index = folder.resolve(Safetensors.INDEX);
        Files.writeString(index, "{\"weight_map\": {\"b\": \"s.safetensors\"}}");
        assertThatThrownBy(() -> Safetensors.open(folder, WeightAccess.COPIED))
                .hasMessageContaining("no tensor 'b'");
        Files.writeString(index, "{\"weight_map\": {\"a\": \"t.safetensors\"}}");
        assertThatThrownBy(() -> Safetensors.open(index, WeightAccess.COPIED))
                .hasMessageContaining("t.safetensors does not exist");
        Files.writeString(index, "{}");
        assertThatThrownBy(() -> Safetensors.open(index, WeightAccess.COPIED))
                .hasMessageContaining("no weight_map");
    }

    @Test
    void aFolderWithoutWeightsSaysWhatIsLookedFor() {
        assertThatThrownBy(() -> Safetensors.open(folder, WeightAccess.COPIED))
                .hasMessageContaining(Safetensors.SINGLE)
                .hasMessageContaining(Safetensors.INDEX);
    }

    private void shard(String file, String name) {
        SafetensorsWriter.write(
                folder.resolve(file), Map.of(name, entry(SafetensorsType.F32, List.of(1L), 4)));
    }

    private static Safetensors.Entry entry(SafetensorsType type, List<Long> shape, int bytes) {
        return new Safetensors.Entry(type, shape, MemorySegment.ofArray(new byte[bytes]));
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("weights.safetensors"), bytes);
    }
}
