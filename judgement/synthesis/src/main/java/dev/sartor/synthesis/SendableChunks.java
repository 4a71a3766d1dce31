package dev.sartor.synthesis;

import dev.sartor.project.setting.Remote;
import dev.sartor.project.setting.Remote.Egress;
import dev.sartor.retrieve.text.Chunk;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The pieces of documents that may be sent to whoever is asked about them.
///
/// @param withheld how many others there are
record SendableChunks(List<Chunk> chunks, int withheld) {
    SendableChunks {
        chunks = List.copyOf(chunks);
    }

    /// @param remotes that are asked; with none of them all pieces stay on this machine
    static SendableChunks of(List<Chunk> all, List<Remote> remotes) {
        if (remotes.stream().allMatch(each -> each.egress() == Egress.ALL)) {
            return new SendableChunks(all, 0);
        }
        var open = all.stream().filter(each -> each.readers().isEveryone()).toList();
        return new SendableChunks(open, all.size() - open.size());
    }

    Optional<String> note() {
        return withheld == 0
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                Locale.ROOT,
                                "%,d passages are withheld from the remote model, as not everyone may read them (remotes.egress: public):"
                                        + " name a --model and --reader of this machine for pairs of these.",
                                withheld));
    }
}
