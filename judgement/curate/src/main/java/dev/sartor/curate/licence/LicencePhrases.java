package dev.sartor.curate.licence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The licence of a text by the phrases in it. The first licence of a text is its own: texts of licences name others, and licence files go
/// on with those of bundled parts. Where the text leaves a choice, those that follow at once are in it.
final class LicencePhrases {
    /// How far behind a licence another may stand of which the receiver chooses, in characters.
    private static final int CHOICE_WITHIN = 1500;

    /// How far before the first licence a choice may be spoken of.
    private static final int CHOICE_BEFORE = 200;

    private static final String OPTION = "at your option";

    private LicencePhrases() {}

    private record Found(String id, int place) {}

    /// @param text as {@link PlainText} makes it
    static Optional<LicenceExpression> in(String text) {
        var found = new ArrayList<Found>();
        for (var rule : LicenceRules.ALL) {
            int place = rule.place(text);
            if (place >= 0) {
                found.add(new Found(rule.id(), place));
            }
        }
        for (var gnu : GnuLicence.ALL) {
            int place = gnu.place(text);
            if (place >= 0) {
                found.add(new Found(gnu.id(text, place), place));
            }
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        found.sort(Comparator.comparingInt(Found::place)); // of one place the earlier rule's
        var first = found.getFirst();
        var chosen =
                new ArrayList<LicenceExpression>(List.of(LicenceExpression.single(first.id())));
        int begin = Math.max(0, first.place() - CHOICE_BEFORE);
        int end = Math.min(text.length(), first.place() + CHOICE_WITHIN);
        if (isChoice(text.substring(begin, end))) {
            int last = first.place();
            for (var each : found) {
                if (each.place() > last && each.place() <= end) {
                    chosen.add(LicenceExpression.single(each.id()));
                    last = each.place();
                }
            }
        }
        return Optional.of(LicenceExpression.any(chosen));
    }

    /// "at your option any later version" is no choice between licences.
    private static boolean isChoice(String text) {
        if (text.contains("dual licensed")
                || text.contains("under either of")
                || text.contains("under the terms of either")) {
            return true;
        }
        for (int i = text.indexOf(OPTION); i >= 0; i = text.indexOf(OPTION, i + 1)) {
            if (!text.startsWith(" any ", i + OPTION.length())) {
                return true;
            }
        }
        return false;
    }
}
