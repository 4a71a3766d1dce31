package dev.sartor.weights.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.weights.WeightAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufFileTest {
    private static final int U32 = 4;
    private static final int FLOAT = 6;
    private static final int FLAG = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    @TempDir Path folder;

    private static byte[] small() {
        return new GgufBytes()
                .head(3, 2, 7)
                .key("general.architecture", STRING)
                .text("llama")
                .key("general.alignment", U32)
                .i32(64)
                .key("llama.scale", FLOAT)
                .f32(0.5f)
                .key("tokenizer.ggml.add_bos_token", FLAG)
                .i8(1)
                .key("tokens", ARRAY)
                .i32(STRING)
                .i64(2)
                .text("a")
                .text("ü")
                .key("types", ARRAY)
                .i32(5)
                .i64(2)
                .i32(-1)
                .i32(6)
                .key("scores", ARRAY)
                .i32(FLOAT)
                .i64(1)
                .f32(-2.5f)
                .tensor("w", 3, 0, 64, 2) // Q4_1: 2 rows of 2 blocks, 80 bytes
                .tensor("b", 0, 128, 3)
                .padTo(64)
                .bytes(new byte[128])
                .f32(1)
                .f32(2)
                .f32(3)
                .array();
    }

    @ParameterizedTest
    @EnumSource
    void readsKeysAndTensors(WeightAccess access) throws IOException {
        try (var gguf = open(small(), access)) {
            var keys = gguf.metadata();
            assertThat(keys.string("general.architecture")).contains("llama");
            assertThat(keys.integer("general.alignment")).hasValue(64);
            assertThat(keys.number("llama.scale")).hasValue(0.5);
            assertThat(keys.number("general.alignment")).hasValue(64);
            assertThat(keys.flag("tokenizer.ggml.add_bos_token")).contains(true);
            assertThat(keys.strings("tokens").orElseThrow()).containsExactly("a", "ü");
            assertThat(keys.integers("types").orElseThrow()).containsExactly(-1, 6);
            assertThat(keys.numbers("scores").orElseThrow()).containsExactly(-2.5);
            assertThat(keys.string("nothing")).isEmpty();
            assertThat(keys.keys()).hasSize(7);

            assertThat(gguf.names()).containsExactly("w", "b");
            var w = gguf.tensor("w");
            assertThat(w.type()).isEqualTo(GgmlType.Q4_1);
            assertThat(w.shape()).containsExactly(2L, 64L); // rows first
            assertThat(w.blocks().byteSize()).isEqualTo(80);
            assertThat(w.values()).isEqualTo(128);
            assertThat(gguf.tensor("b").blocks().byteSize()).isEqualTo(12);
        }
    }

    @Test
    void anotherTypeThanAskedForIsNamedWithItsKey() throws IOException {
        try (var gguf = open(small(), WeightAccess.COPIED)) {
            assertThatThrownBy(() -> gguf.metadata().integer("general.architecture"))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("general.architecture must be an integer, found llama");
            assertThatThrownBy(() -> gguf.metadata().strings("types"))
                    .hasMessageContaining("types must be a list of strings");
            assertThatThrownBy(() -> gguf.tensor("v")).hasMessageContaining("no tensor 'v'");
        }
    }

    @Test
    void everyCutIsAUsersErrorThatNamesTheFile() throws IOException {
        var whole = small();
        for (int length = 0; length < whole.length; length++) {
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> open(cut, WeightAccess.COPIED))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("weights.gguf")
                    .hasMessageContaining("again");
        }
        assertThatThrownBy(() -> open(Arrays.copyOf(whole, whole.length - 1), WeightAccess.MAPPED))
                .hasMessageContaining("cut off: tensor 'b' needs 12 bytes")
                .hasMessageContaining("the file has " + (whole.length - 1));
    }

    @Test
    void turnedBitsNeverGiveAnythingButAUsersError() throws IOException {
        var random = new SplittableRandom(3);
        for (int round = 0; round < 3000; round++) {
            var bytes = small();
            for (int i = 0; i < 1 + round % 3; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try (var gguf = open(bytes, WeightAccess.COPIED)) {
                gguf.names().forEach(gguf::tensor);
            } catch (SartorException e) {
                assertThat(e.kind()).isEqualTo(SartorException.Kind.USER);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 0x03000000})
    void anotherVersionIsRefused(int version) {
        refuses(new GgufBytes().head(version, 0, 0), version > 9 ? "big-endian" : "2 or 3");
    }

    @Test
    void impossibleCountsAndTypesAreRefused() {
        refuses(new GgufBytes().head(3, 1L << 60, 0), "the number of tensors");
        refuses(new GgufBytes().head(3, 0, -1), "the number of keys");
        refuses(one().key("k", 77).i64(0), "unknown type 77");
        refuses(one().key("k", FLAG).i8(2), "true or false");
        refuses(one().key("k", 10).i64(-1), "too large");
        refuses(one().key("k", ARRAY).i32(STRING).i64(1L << 40), "the number of values of k");
        refuses(one().i64(1).i8(0xff).i32(U32).i32(0), "not UTF-8");
        refuses(
                new GgufBytes().head(3, 0, 2).key("k", FLAG).i8(1).key("k", FLAG).i8(1),
                "stands in it twice");
        refuses(one().key("general.alignment", U32).i32(24), "power of two");
        var deep = one().key("k", ARRAY);
        for (int i = 0; i < 6; i++) {
            deep.i32(ARRAY).i64(1);
        }
        refuses(deep.i32(U32).i64(1).i32(1), "more than 4 deep");
    }

    @Test
    void impossibleTensorsAreRefused() {
        refuses(two().tensor("a", 3, 0, 33), "cannot have the shape");
        refuses(two().tensor("a", 99, 0, 32), "unknown type 99");
        refuses(two().tensor("a", 0, 0, 1, 1, 1, 1, 1), "up to 4 dimensions");
        refuses(two().tensor("a", 0, 0, 1L << 40, 1L << 40), "cannot have the shape");
        refuses(two().tensor("a", 0, 0, -8), "cannot have the shape");
        refuses(two().tensor("a", 0, 8, 1).tensor("b", 0, 32, 1), "no multiple of 32");
        refuses(two().tensor("a", 0, 0, 64).tensor("b", 0, 32, 1), "lies in another tensor");
        refuses(two().tensor("a", 0, -32, 1).tensor("b", 0, 32, 1), "begins at byte 1844");
        refuses(two().tensor("a", 0, 0, 1).tensor("a", 0, 32, 1), "stands in it twice");
    }

    private static GgufBytes one() {
        return new GgufBytes().head(3, 0, 1);
    }

    private static GgufBytes two() {
        return new GgufBytes().head(2, 2, 0);
    }

    private void refuses(GgufBytes bytes, String message) {
        bytes.padTo(32).bytes(new byte[512]);
        assertThatThrownBy(() -> open(bytes.array(), WeightAccess.COPIED))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("weights.gguf");
    }

    private GgufFile open(byte[] bytes, WeightAccess access) throws IOException {
        return GgufFile.open(Files.write(folder.resolve("weights.gguf"), bytes), access);
    }
}
