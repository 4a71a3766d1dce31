package dev.sartor.template.filter;

import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Value;
import java.util.Map;
import java.util.TreeMap;

/// All filters by name.
public final class Filters {
    /// What a filter does with what stands before the bar.
    @FunctionalInterface
    interface Filter {
        Value apply(Run run, Value subject, Arguments arguments);
    }

    public static final Map<String, Filter> ALL = all();

    private Filters() {}

    private static Map<String, Filter> all() {
        Map<String, Filter> all = new TreeMap<>();
        all.putAll(TextFilters.all());
        all.putAll(SequenceFilters.all());
        all.putAll(SelectingFilters.all());
        all.putAll(ValueFilters.all());
        return Map.copyOf(all);
    }

    public static String unknown(String name) {
        return "there is no filter '" + name + "'; there are " + known();
    }

    private static String known() {
        return String.join(", ", ALL.keySet().stream().sorted().toList());
    }

    public static Value apply(Run run, String name, Value subject, Arguments arguments) {
        var filter = ALL.get(name);
        if (filter == null) {
            throw new Fault(unknown(name));
        }
        return filter.apply(run, subject, arguments);
    }
}
