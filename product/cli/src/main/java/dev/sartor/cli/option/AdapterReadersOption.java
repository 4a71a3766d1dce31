package dev.sartor.cli.option;

import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import java.util.List;
import picocli.CommandLine.Option;

/// Who may read what an adapter was made from, where nothing beside it says so.
public final class AdapterReadersOption {
    public static final String NAME = "--adapter-readers";

    @Option(
            names = NAME,
            split = ",",
            paramLabel = "NAME",
            description = {
                "Who may call adapters beside which no file says who may read what they were made from: everyone, or"
                        + " any of these names, such as group:sales,user:ann (default: nobody). What a readers.json says"
                        + " holds in any case."
            })
    public List<String> names = List.of();

    public boolean isGiven() {
        return !names.isEmpty();
    }

    /// @throws SartorException a user's error where a name is none
    public Readers readers() {
        for (var name : names) {
            if (!Readers.isName(name)) {
                throw SartorException.user(
                        NAME
                                + " must be everyone, or names such as group:sales,user:ann, got '"
                                + name
                                + "': write user:, group: or tenant: before a name.");
            }
        }
        return Readers.named(names);
    }
}
