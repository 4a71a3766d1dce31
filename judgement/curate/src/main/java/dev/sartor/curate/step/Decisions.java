package dev.sartor.curate.step;

import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.node.ObjectNode;

/// Takes in what becomes of rows. Each row is named once at most, and rows come in their order.
public interface Decisions {
    /// @param reason a clause that can stand behind the row's place, such as `is empty`; of one step there are few
    /// @param score what the reason goes by, in the step's own unit
    void remove(int row, String reason, double score);

    /// @param kept the row that stays instead
    void remove(int row, String reason, double score, int kept);

    /// @param details what tells this row's case from others of the same reason, by name
    void remove(int row, String reason, double score, SequencedMap<String, Object> details);

    /// @param fields the row as it is from now on
    /// @param changed the names of the fields that differ
    /// @param kinds of what was replaced, how often each
    void change(
            int row, ObjectNode fields, List<String> changed, SequencedMap<String, Integer> kinds);

    /// Something that whoever reads the result should know.
    void note(String sentence);
}
