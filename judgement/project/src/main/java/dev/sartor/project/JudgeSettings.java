package dev.sartor.project;

import dev.sartor.project.yaml.Setting;
import java.nio.file.Path;
import java.util.Optional;

/// The model that grades free text, for `metric: judge` and `sartor judge`.
public record JudgeSettings(
        @Setting(
                        means =
                                "The model that judges, named as model is at the top. It should be larger than those it judges, and"
                                        + " none of them: models favour answers of their own kind.",
                        example = "Qwen/Qwen2.5-1.5B-Instruct")
                Optional<String> model,
        @Setting(
                        means =
                                "In the place of model: the name of one of the remotes. Questions, answers and references are sent"
                                        + " to it.",
                        example = "large")
                Optional<String> remote,
        @Setting(
                        means =
                                "What makes an answer the better one, in a few sentences. By default: that it is right, then that"
                                        + " it leaves nothing out, then that it is short.",
                        example =
                                "The better answer names the right form, and says where to send it.")
                Optional<String> rubric,
        @Setting(means = "In the place of rubric: a file that holds it.", example = "rubric.txt")
                Optional<Path> rubricFile,
        @Setting(
                        means =
                                "Which of two answers people prefer, at least 30 pairs: rows with question, first, second and preferred"
                                        + " (first, second or tie). The judge is measured on them before it measures anything.",
                        example = "data/judgements.jsonl",
                        advice = "A judge that nobody has checked measures nothing.")
                Path judgements,
        @Setting(
                        means =
                                "How far the judge must agree with people: Cohen's κ, held against the lower end of its 95 % interval."
                                        + " Below it the judge is refused.",
                        fallback = "0.4",
                        example = "0.4",
                        least = 0,
                        most = 1,
                        advice =
                                "0.4 to 0.6 is moderate agreement, as two people often reach on open questions.")
                double minKappa,
        @Setting(
                        means =
                                "How much more often the answer shown first may win than the one shown second, or the other way"
                                        + " round: held against the estimate. Above it the judge is refused.",
                        fallback = "0.1",
                        example = "0.1",
                        least = 0,
                        most = 1)
                double maxPositionBias,
        @Setting(
                        means =
                                "So many characters of each answer are shown to the judge; longer ones are cut there, which the judge"
                                        + " is told, and you are told how many.",
                        fallback = "2000",
                        example = "2000",
                        least = 20,
                        most = 100_000)
                int maxAnswerCharacters,
        @Setting(
                        means =
                                "What measures in the place of a judge that is refused: token_f1, by which validation chooses anyway."
                                        + " Without it a comparison by a refused judge does not start.",
                        example = "token_f1",
                        pattern = "token_f1",
                        rule = "token_f1")
                Optional<String> ifRefused) {}
