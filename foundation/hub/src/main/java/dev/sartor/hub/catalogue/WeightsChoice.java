package dev.sartor.hub.catalogue;

import java.util.Locale;

/// Which of a repository's weights are wanted.
public sealed interface WeightsChoice {
    /// Those of the repository, where it holds one model.
    record Whole() implements WeightsChoice {
        @Override
        public String written() {
            return "";
        }
    }

    /// The file at this path.
    record Named(String path) implements WeightsChoice {
        @Override
        public String written() {
            return "/" + path;
        }
    }

    /// The GGUF file, or its pieces, that is quantised so; as in the files' names, such as `Q4_K_M`.
    record Quantised(String label) implements WeightsChoice {
        @Override
        public String written() {
            return ":" + label;
        }

        /// Whether a GGUF file's name, without pieces' numbers and ending, or the folder that it lies in ends in the label.
        public boolean fits(String path) {
            for (var part : WeightFiles.model(path).split("/", -1)) {
                var name = part.toLowerCase(Locale.ROOT);
                var wanted = label.toLowerCase(Locale.ROOT);
                int begin = name.length() - wanted.length();
                if (name.endsWith(wanted)
                        && (begin == 0 || "-._".indexOf(name.charAt(begin - 1)) >= 0)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// What stands between the repository's name and its revision.
    String written();
}
