package dev.sartor.model.network;

import dev.sartor.core.SartorException;
import dev.sartor.core.text.BoundedText;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which layers are meant, by their paths in transformers' model; PEFT's rules (check_target_module_exists in
/// peft/tuners/tuners_utils.py).
public sealed interface ModuleNames {
    /// Paths, or their last parts such as `q_proj`.
    record Listed(List<String> names) implements ModuleNames {
        public Listed {
            names = List.copyOf(names);
        }
    }

    /// The whole path.
    record Matching(String regex) implements ModuleNames {
        public Matching {
            pattern("target_modules", regex);
        }
    }

    /// Every linear layer but those that give the logits.
    record AllLinear() implements ModuleNames {}

    static ModuleNames none() {
        return new Listed(List.of());
    }

    /// @param linear whether it is a linear layer and no head
    default boolean name(String module, boolean linear) {
        return switch (this) {
            case Listed(var names) ->
                    names.stream()
                            .anyMatch(name -> module.equals(name) || module.endsWith("." + name));
            case Matching(var regex) -> matches("target_modules", regex, module);
            case AllLinear() -> linear;
        };
    }

    /// Whether the whole path stands among the names, and no rule about layers' numbers applies.
    default boolean nameWhole(String module) {
        return this instanceof Listed(var names) && names.contains(module);
    }

    /// Whether a path is what a setting's regular expression says, soon or in an error.
    static boolean matches(String setting, String regex, String module) {
        return matcher(setting, regex, module, Matcher::matches).isPresent();
    }

    /// The match of a setting's regular expression with a path; empty where there is none.
    ///
    /// @param way of matching
    static Optional<Matcher> matcher(
            String setting, String regex, String module, Predicate<Matcher> way) {
        var whose = "an adapter's " + setting;
        var matcher = BoundedText.matcher(pattern(setting, regex), module, whose);
        return BoundedText.guarded(matcher, way, whose) ? Optional.of(matcher) : Optional.empty();
    }

    /// A regular expression as Python's, whose named groups are written otherwise.
    static Pattern pattern(String setting, String regex) {
        try {
            return Pattern.compile(regex.replace("(?P<", "(?<"));
        } catch (PatternSyntaxException e) {
            throw SartorException.user(
                    "an adapter's "
                            + setting
                            + " must be regular expressions, got '"
                            + regex
                            + "': "
                            + e.getDescription(),
                    e);
        }
    }
}
