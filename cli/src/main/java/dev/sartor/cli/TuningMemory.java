package dev.sartor.cli;

import dev.sartor.hub.ModelFolder;
import dev.sartor.model.MemoryFormulas;
import dev.sartor.model.ModelShape;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuningPlan;

/// What a training needs in memory, as estimated.
final class TuningMemory {
    private TuningMemory() {}

    /// MiB at the peak. Steps of as many rows as are planned, each of the mean number of tokens that are computed for it.
    static long mib(ModelFolder model, TuningPlan plan, TuneSettings settings) {
        int length = (int) Math.ceilDiv(plan.epoch().computed(), plan.examples());
        var formulas =
                new MemoryFormulas(
                        ModelShape.ofFiles(model.opened()),
                        Math.min(settings.batch(), plan.examples()),
                        Math.max(1, length));
        var need =
                switch (settings.method()) {
                    case TuneMethod.Lora lora -> formulas.lora(lora.rank());
                    case TuneMethod.Full _ -> formulas.full();
                };
        return need.total() >> 20;
    }
}
