package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;

/// Waits for what happens on another thread, longer where the machine is busy.
final class Patience {
    private Patience() {}

    static void until(BooleanSupplier condition) {
        try {
            for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
