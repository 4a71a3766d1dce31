package dev.sartor.model.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryFormulasTest {
    private static final ModelShape SMOLLM2 = ModelShapeTest.smolLm2();

    private static MemoryFormulas at(int batch, int length) {
        return new MemoryFormulas(SMOLLM2, batch, length);
    }

    @Test
    void theCacheHoldsKeysAndValuesOfEveryToken() {
        // 30 layers × keys and values × 3 groups × 64 × 2 bytes: 23,040 bytes a token.
        assertThat(at(4, 1000).inference(WeightPrecision.BF16).cache()).isEqualTo(92_160_000);
    }

    @Test
    void weightsTakeTheirPrecisionAndTheTableOfTokensAByteTwice() {
        long linear = 106_168_320; // 30 × (2 × 576² + 2 × 576 × 192 + 3 × 576 × 1536)
        long table = SMOLLM2.embeddings();
        long rest = 4 * (134_515_008 - linear - table) + 2 * table;
        assertThat(at(1, 1).inference(WeightPrecision.BF16).weights()).isEqualTo(269_030_016);
        assertThat(at(1, 1).inference(WeightPrecision.INT8).weights()).isEqualTo(linear + rest);
        assertThat(at(1, 1).inference(WeightPrecision.INT4).weights())
                .isEqualTo(linear * 5 / 8 + rest);
    }

    @Test
    void fullTrainingTakesSixteenBytesAParameter() {
        var full = at(1, 128).full();
        assertThat(full.weights() + full.gradients() + full.optimiser())
                .isEqualTo(16 * 134_515_008L);
    }

    @Test
    void aFrozenModelHasGradientsOfItsAdapterAlone() {
        var lora = at(16, 64).lora(16);
        assertThat(lora.weights()).isEqualTo(269_030_016 + 6 * 4_884_480L);
        assertThat(lora.gradients()).isEqualTo(2 * 4_884_480L);
        assertThat(lora.optimiser()).isEqualTo(8 * 4_884_480L);
        assertThat(at(16, 64).qlora(16).weights()).isLessThan(lora.weights());
        assertThat(lora.total()).isLessThan(at(16, 64).full().total());
    }

    @Test
    void activationsGrowWithTokensAndScoresFasterInLongRows() {
        long one = at(1, 256).lora(16).activations();
        assertThat(at(8, 256).lora(16).activations()).isBetween(7 * one, 8 * one);
        assertThat(at(1, 2048).lora(16).activations()).isGreaterThan(8 * one);
    }

    @Test
    void whatTheModelCannotReadIsRefused() {
        assertThatThrownBy(() -> at(1, 8193))
                .hasMessageContaining("length must be 1 to 8192 (the model's context), got 8193");
        assertThatThrownBy(() -> at(0, 1)).hasMessageContaining("batch must be at least 1, got 0");
    }
}
