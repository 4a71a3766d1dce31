package dev.sartor.tune;

import dev.sartor.core.Problems;
import java.util.List;

/// What of a model is trained.
public sealed interface TuneMethod {
    /// Low-rank matrices beside frozen weights (Hu et al. 2021).
    ///
    /// @param rank columns of each low-rank pair; more can learn more and costs more
    /// @param alpha what B·A is scaled by, divided by the rank, or by its root where stabilised
    /// @param stabilised rsLoRA (Kalajdzievski 2023), for ranks above 32
    /// @param magnitudes DoRA (Liu et al. 2024): each output's magnitude is trained apart from its direction
    /// @param where which layers
    record Lora(int rank, double alpha, boolean stabilised, boolean magnitudes, Where where)
            implements TuneMethod {
        public Lora {
            Problems.refuseUnless(
                    rank >= 1 && rank <= 2048,
                    "tune.rank",
                    "1 to 2048",
                    rank,
                    "16 suits most tasks");
            Problems.refuseUnless(
                    alpha > 0,
                    "tune.alpha",
                    "more than 0",
                    alpha,
                    "twice the rank is the usual choice");
        }

        /// On every linear layer but the head.
        public static Lora of(int rank, double alpha) {
            return new Lora(rank, alpha, false, false, Where.everywhere());
        }

        public Lora at(Where changed) {
            return new Lora(rank, alpha, stabilised, magnitudes, changed);
        }
    }

    /// Which layers an adapter changes.
    ///
    /// @param modules names that their paths end with, such as `q_proj`; empty for every linear layer but the head
    /// @param layers numbers of the only layers that are changed, from 0; empty for all
    /// @param whole modules that are trained as they are beside the adapter, such as `lm_head` (PEFT's modules_to_save)
    record Where(List<String> modules, List<Integer> layers, List<String> whole) {
        public Where {
            modules = List.copyOf(modules);
            layers = List.copyOf(layers);
            whole = List.copyOf(whole);
        }

        public static Where everywhere() {
            return new Where(List.of(), List.of(), List.of());
        }
    }

    /// The network's own weights.
    ///
    /// @param parts what the names of the trained parameters begin with, such as `model.layers.29.`; empty for all
    record Full(List<String> parts) implements TuneMethod {
        public Full {
            parts = List.copyOf(parts);
        }

        public static Full everything() {
            return new Full(List.of());
        }
    }
}
