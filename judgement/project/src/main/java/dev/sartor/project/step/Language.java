package dev.sartor.project.step;

import dev.sartor.project.yaml.Setting;
import java.util.List;

/// @param keep languages by ISO 639-1
public record Language(
        @Setting(
                        means =
                                "The languages whose rows stay, by ISO 639-1; texts too short to tell stay, too.",
                        fallback = "[]",
                        example = "[en, de]",
                        pattern = "[a-z]{2,3}",
                        rule = "a language by ISO 639-1, such as en")
                List<String> keep) {
    public Language {
        keep = List.copyOf(keep);
    }
}
