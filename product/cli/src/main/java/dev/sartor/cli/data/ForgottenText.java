package dev.sartor.cli.data;

import dev.sartor.compare.run.AnswerErasure;
import dev.sartor.compare.run.LearnedFrom;
import dev.sartor.core.Json;
import dev.sartor.curate.RowForgetting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What was forgotten of a project's rows, as text and as JSON.
///
/// @param left files that still hold a text of the rows
record ForgottenText(Gone gone, Learned learned, List<String> left) {
    /// Lines that are named in full; the rest are counted.
    private static final int MOST_LINES = 20;

    /// @param isDry whether nothing was changed
    record Gone(
            List<RowForgetting.Erased> rows, List<AnswerErasure.Erased> answers, boolean isDry) {}

    /// @param unknown folders of weights of which nothing says what they learned from
    /// @param isRemoved whether weights were to be removed
    record Learned(List<LearnedFrom.Made> made, List<String> unknown, boolean isRemoved) {
        private boolean isLeft() {
            boolean isAny =
                    !unknown.isEmpty() || made.stream().anyMatch(LearnedFrom.Made::isOfWeights);
            return isAny && !isRemoved;
        }
    }

    /// Whether nothing is left to do.
    boolean isDone() {
        return !learned.isLeft() && left.isEmpty();
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        var did = gone.isDry() ? "would forget " : "forgot ";
        for (var each : gone.rows()) {
            lines.add(
                    did
                            + each.lines().size()
                            + " rows of "
                            + each.file()
                            + ": line "
                            + numbers(each.lines())
                            + (each.isMade() ? ", made of others" : "")
                            + (each.unreadable() > 0
                                    ? "; " + each.unreadable() + " rows of it cannot be read"
                                    : ""));
        }
        gone.answers()
                .forEach(each -> lines.add(did + each.answers() + " answers of " + each.file()));
        if (gone.rows().isEmpty() && gone.answers().isEmpty()) {
            lines.add("no rows are left to forget");
        }
        learned.made().forEach(each -> lines.add(line(each)));
        learned.unknown()
                .forEach(each ->
                        lines.add(
                                (isRemoved() ? "removed " : "")
                                        + each
                                        + ", of which nothing says what it learned from"
                                        + (isRemoved() ? "" : ": remove it")));
        left.forEach(each ->
                lines.add(each + " still holds a text of the rows: remove it, or make it anew"));
        if (!gone.isDry()) {
            lines.add(
                    isDone()
                            ? "Nothing of them is left to be trained again. Files outside of the project, such as exports and"
                                    + " backups, were not looked at."
                            : "`sartor data forget` without rows shows what is left to do, and exits with 0 when nothing is.");
        }
        return lines;
    }

    private boolean isRemoved() {
        return learned.isRemoved() && !gone.isDry();
    }

    private String line(LearnedFrom.Made made) {
        var uses = " (" + String.join(", ", made.uses()) + ")";
        var how = made.isCertain() ? "" : "may have been made of them";
        if (!made.isOfWeights()) {
            return made.place()
                    + (how.isEmpty() ? " was measured with them" : " " + how)
                    + uses
                    + ": `sartor compare` measures without them";
        }
        if (isRemoved()) {
            return "removed " + made.place() + uses;
        }
        return made.place()
                + (how.isEmpty() ? " learned from them" : " " + how)
                + uses
                + ": train it again without them, and remove it";
    }

    private static String numbers(List<Integer> lines) {
        var first =
                lines.stream()
                        .limit(MOST_LINES)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
        return lines.size() <= MOST_LINES
                ? first
                : first + " and " + (lines.size() - MOST_LINES) + " more";
    }

    String json() {
        var json = Json.mapper().createObjectNode().put("dry_run", gone.isDry());
        var rows = json.putArray("rows");
        for (var each : gone.rows()) {
            var file = rows.addObject().put("file", each.file()).put("made", each.isMade());
            each.lines().forEach(file.putArray("lines")::add);
            file.put("unreadable", each.unreadable());
        }
        var answers = json.putArray("answers");
        gone.answers()
                .forEach(each ->
                        answers.addObject()
                                .put("file", each.file())
                                .put("answers", each.answers()));
        var weights = json.putArray("train_again");
        var measured = json.putArray("measure_again");
        for (var each : learned.made()) {
            var to = each.isOfWeights() ? weights : measured;
            var made = to.addObject().put("path", each.place()).put("certain", each.isCertain());
            each.uses().forEach(made.putArray("uses")::add);
            if (each.isOfWeights()) {
                made.put("removed", isRemoved());
            }
        }
        learned.unknown().forEach(json.putArray("unknown_weights")::add);
        left.forEach(json.putArray("still_hold_texts")::add);
        return Json.pretty(json.put("done", isDone()));
    }
}
