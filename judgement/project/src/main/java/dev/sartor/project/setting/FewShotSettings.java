package dev.sartor.project.setting;

import dev.sartor.project.yaml.Choices;
import dev.sartor.project.yaml.Setting;
import java.util.List;

/// How few-shot prompting is tried.
public record FewShotSettings(
        @Setting(
                        means =
                                "How many solved examples to try; validation chooses among them. More examples teach"
                                        + " more and make every prompt longer and slower.",
                        fallback = "[4, 8]",
                        example = "[2, 4, 8]",
                        least = 1,
                        most = 64,
                        advice = "2 to 8 suit most tasks.")
                List<Integer> counts) {
    public FewShotSettings {
        counts = Choices.of(counts, "counts");
    }
}
