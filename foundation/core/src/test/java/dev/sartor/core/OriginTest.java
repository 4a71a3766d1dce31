package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginTest {
    @Test
    void itIsWrittenAsEditorsOpenIt() {
        assertThat(new Origin("data/train.jsonl", 12)).hasToString("data/train.jsonl:12");
    }
}
