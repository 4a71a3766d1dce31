package dev.sartor.model.family.kind;

import java.util.List;

/// Where a family of encoders keeps a head for classes of whole texts.
///
/// @param network what the encoder's names begin with under a head
/// @param width the setting that says the states' width
/// @param inner the layer before the last
/// @param last the layer that gives the logits
/// @param others what the names of other heads begin with
/// @param whole the modules that an adapter holds whole (PEFT's modules_to_save)
public record ClassHeadPlace(
        String network,
        String width,
        Inner inner,
        String last,
        List<String> others,
        List<String> whole) {
    public ClassHeadPlace {
        others = List.copyOf(others);
        whole = List.copyOf(whole);
    }

    /// The layer before the last.
    ///
    /// @param isNew whether it belongs to this head alone, so that a stored one is of other classes
    /// @param biased whether it has a bias
    /// @param norms the norm after it, if there is one
    public record Inner(String module, boolean isNew, boolean biased, List<String> norms) {
        public Inner {
            norms = List.copyOf(norms);
        }

        public static Inner of(String module, boolean isNew) {
            return new Inner(module, isNew, true, List.of());
        }
    }
}
