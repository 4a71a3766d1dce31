package dev.sartor.project.setting;

import dev.sartor.core.SartorException;
import dev.sartor.project.yaml.Choices;
import dev.sartor.project.yaml.Setting;
import dev.sartor.prompt.PassageOrder;
import dev.sartor.retrieve.search.Reranking;
import dev.sartor.retrieve.text.Analysis;
import java.util.List;
import java.util.Optional;

/// How documents are cut, and how much of them a prompt gets.
public record PassageSettings(
        @Setting(
                        means =
                                "How many passages to put before the question; validation chooses among them. More"
                                        + " passages hold the answer more often and make every prompt longer.",
                        fallback = "[2, 4]",
                        example = "[1, 3, 5]",
                        least = 1,
                        most = 50,
                        advice = "2 to 5 suit most documents.")
                List<Integer> passages,
        @Setting(
                        means =
                                "Where the best passage stands: best-first below the instruction, best-last above the"
                                        + " question. With both, validation chooses, which takes one more pass over it.",
                        fallback = "[best-first, best-last]",
                        example = "[best-last]")
                List<PassageOrder> order,
        @Setting(
                        means =
                                "The longest passage, in the embedder's tokens. Short passages are found more exactly,"
                                        + " long ones carry more context.",
                        fallback = "160",
                        example = "160",
                        least = 16,
                        most = 8192,
                        advice = "100 to 250 suit most documents.")
                int chunkTokens,
        @Setting(
                        means =
                                "How many tokens neighbouring passages of one section share, so that a sentence on the"
                                        + " border is found.",
                        fallback = "20",
                        example = "20",
                        least = 0,
                        most = 4096,
                        advice = "A tenth to a fifth of chunk_tokens is usual.")
                int overlapTokens,
        @Setting(
                        means =
                                "How words are compared: auto tells each passage's language and folds its forms, such as"
                                        + " 'bills' and 'bill'; a language's name, such as english or german, is for all"
                                        + " passages; any compares words as they are.",
                        fallback = "auto",
                        example = "auto")
                Analysis language,
        @Setting(
                        means =
                                "How much the words that passage and question share count against their meaning when"
                                        + " the two rankings are joined: 0 is meaning alone, 1 words alone.",
                        fallback = "0.4",
                        example = "0.4",
                        least = 0,
                        most = 1,
                        advice =
                                "`sartor search --queries FILE --qrels FILE` finds the best for your questions.")
                double bm25Weight,
        @Setting(
                        means =
                                "Whether passages that look like an instruction to the model are left out whatever they are from. Those of"
                                        + " an index's documents that are not curated, as they came from a remote source, are left out anyway. Finds"
                                        + " planted instructions of the common kind, and now and then takes a harmless passage for one:"
                                        + " docs/guide-retrieval.md has the figures.",
                        fallback = "false",
                        example = "true")
                boolean dropInjections,
        @Setting(
                        means =
                                "A model that reads the first passages found, each beside the question, and puts them"
                                        + " into another order: a cross-encoder, or a model that writes text, which"
                                        + " judges by how likely it finds the question. Every passage takes a reading;"
                                        + " where validation scores no higher with it, a comparison leaves it out.",
                        example = "smollm2-135m-instruct")
                Optional<String> rerank,
        @Setting(
                        means = "How many of the first passages found are reranked.",
                        fallback = "20",
                        example = "20",
                        least = 2,
                        most = 1000,
                        advice = "10 to 50 are usual.")
                int rerankDepth,
        @Setting(
                        means =
                                "How much the reranking model counts against the search: 0 changes nothing, 1 follows the"
                                        + " model alone.",
                        fallback = "0.5",
                        example = "0.5",
                        least = 0,
                        most = 1,
                        advice = "1 suits a cross-encoder that was trained to rank.")
                double rerankWeight) {
    public PassageSettings {
        passages = Choices.of(passages, "passages");
        if (order.isEmpty()) {
            throw SartorException.user("order must name best-first, best-last or both.");
        }
        order = order.stream().distinct().toList();
        if (overlapTokens > chunkTokens / 2) {
            throw SartorException.user(
                    "overlap_tokens must be at most half of chunk_tokens ("
                            + chunkTokens
                            + "), got "
                            + overlapTokens
                            + ". A tenth to a fifth of chunk_tokens is usual.");
        }
    }

    /// What the index and its search depend on: how many passages are shown, and how, does not matter to them.
    public PassageSettings ofIndex() {
        return new PassageSettings(
                List.of(1),
                List.of(PassageOrder.BEST_FIRST),
                chunkTokens,
                overlapTokens,
                language,
                bm25Weight,
                false,
                Optional.empty(),
                Reranking.USUAL_DEPTH,
                Reranking.USUAL_WEIGHT);
    }
}
