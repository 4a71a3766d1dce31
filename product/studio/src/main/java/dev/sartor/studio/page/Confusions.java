package dev.sartor.studio.page;

import dev.sartor.studio.page.TaskPageView.ConfusionRow;
import dev.sartor.studio.read.ExampleTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What candidates take for what, the commonest first.
final class Confusions {
    private Confusions() {}

    /// @param examples the address of all of the task's examples
    static List<ConfusionRow> of(ExampleTable table, Address examples, int most) {
        var rows = new ArrayList<ConfusionRow>();
        var candidates = table.candidates();
        for (int column = 0; column < candidates.size(); column++) {
            var candidate = candidates.get(column);
            table.confusion(column)
                    .forEach((right, said) ->
                            said.forEach((answer, count) -> {
                                if (!answer.equals(right)) {
                                    rows.add(row(candidate, right, answer, count, examples));
                                }
                            }));
        }
        rows.sort(Comparator.comparingInt(ConfusionRow::count).reversed());
        return rows.stream().limit(most).toList();
    }

    private static ConfusionRow row(
            String candidate, String right, String said, int count, Address examples) {
        return new ConfusionRow(
                Shown.text(candidate),
                Shown.text(right),
                Shown.answer(said),
                count,
                examples.with("label", right).with("by", candidate).with("said", said));
    }
}
