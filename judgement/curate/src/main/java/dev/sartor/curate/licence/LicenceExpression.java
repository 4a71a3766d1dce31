package dev.sartor.curate.licence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An SPDX licence expression (SPDX 2.3, annex D).
public sealed interface LicenceExpression {
    /// What a receiver may do at least: of a choice the freest part counts, of a conjunction the strictest.
    LicenceKind kind();

    /// One licence.
    ///
    /// @param id as SPDX writes it, such as `GPL-2.0-or-later`, or what stands in the text, such as `LicenseRef-acme`
    /// @param exception after WITH, such as `Classpath-exception-2.0`
    record Single(String id, Optional<String> exception) implements LicenceExpression {
        @Override
        public LicenceKind kind() {
            return LicenceKind.of(id);
        }

        @Override
        public String toString() {
            return id + exception.map(each -> " WITH " + each).orElse("");
        }
    }

    /// All of them hold.
    record All(List<LicenceExpression> parts) implements LicenceExpression {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public LicenceKind kind() {
            return parts.stream()
                    .map(LicenceExpression::kind)
                    .max(LicenceKind::compareTo)
                    .orElse(LicenceKind.UNKNOWN);
        }

        @Override
        public String toString() {
            return parts.stream()
                    .map(each -> each instanceof Any ? "(" + each + ")" : each.toString())
                    .collect(Collectors.joining(" AND "));
        }
    }

    /// One of them, as the receiver chooses.
    record Any(List<LicenceExpression> parts) implements LicenceExpression {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public LicenceKind kind() {
            return parts.stream()
                    .map(LicenceExpression::kind)
                    .min(LicenceKind::compareTo)
                    .orElse(LicenceKind.UNKNOWN);
        }

        @Override
        public String toString() {
            return parts.stream()
                    .map(LicenceExpression::toString)
                    .collect(Collectors.joining(" OR "));
        }
    }

    static LicenceExpression single(String id) {
        return new Single(LicenceKind.canonical(id), Optional.empty());
    }

    /// Empty for what is no expression. Operators may be in lower case, as people write them.
    static Optional<LicenceExpression> parse(String text) {
        return new ExpressionParser(text).whole();
    }

    static LicenceExpression all(List<LicenceExpression> parts) {
        var distinct = new ArrayList<>(parts.stream().distinct().toList());
        return distinct.size() == 1 ? distinct.getFirst() : new All(distinct);
    }

    static LicenceExpression any(List<LicenceExpression> parts) {
        var distinct = new ArrayList<>(parts.stream().distinct().toList());
        return distinct.size() == 1 ? distinct.getFirst() : new Any(distinct);
    }
}
