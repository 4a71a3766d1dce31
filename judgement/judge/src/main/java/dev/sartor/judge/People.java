package dev.sartor.judge;

import dev.sartor.data.Judgement;
import dev.sartor.data.Judgement.Preferred;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What people say of pairs of answers. Where several judged the same two answers, in whichever order, what more of them said than
/// anything else counts; where nothing was said more often than all else, the pair is a tie.
///
/// @param pairs each once
/// @param preferred of each pair, in their order
/// @param judgements how many went into them
/// @param contradicted of how many pairs people said different things
public record People(
        List<AnswerPair> pairs, List<Preferred> preferred, int judgements, int contradicted) {
    public People {
        pairs = List.copyOf(pairs);
        preferred = List.copyOf(preferred);
    }

    public static People of(List<Judgement> judgements) {
        var said = new LinkedHashMap<AnswerPair, List<Preferred>>();
        for (var each : judgements) {
            var pair =
                    new AnswerPair(
                            each.question(), each.first(), each.second(), each.reference());
            if (said.containsKey(pair.swapped())) {
                said.get(pair.swapped()).add(each.preferred().swapped());
            } else {
                said.computeIfAbsent(pair, _ -> new ArrayList<>()).add(each.preferred());
            }
        }
        int contradicted =
                (int) said.values().stream().filter(all -> all.stream().distinct().count() > 1).count();
        return new People(
                List.copyOf(said.keySet()),
                said.values().stream().map(People::together).toList(),
                judgements.size(),
                contradicted);
    }

    private static Preferred together(List<Preferred> all) {
        Optional<Preferred> most = Optional.empty();
        long votes = 0;
        for (var each : Preferred.values()) {
            long count = all.stream().filter(each::equals).count();
            if (count > votes) {
                most = Optional.of(each);
                votes = count;
            } else if (count == votes) {
                most = Optional.empty();
            }
        }
        return most.orElse(Preferred.TIE);
    }

    /// Whether a right answer was shown beside every pair, so that the judge is to be shown one, too.
    public boolean sawReferences() {
        return pairs.stream().allMatch(each -> each.reference().isPresent());
    }
}
