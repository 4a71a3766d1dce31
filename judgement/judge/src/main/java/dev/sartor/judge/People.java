package dev.sartor.judge;

import dev.sartor.data.Judgement;
import dev.sartor.data.Judgement.Preferred;
import java.util.LinkedHashMap;
import java.util.List;

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
        var said = new LinkedHashMap<AnswerPair, Votes>();
        for (var each : judgements) {
            var pair =
                    new AnswerPair(each.question(), each.first(), each.second(), each.reference());
            if (said.containsKey(pair.swapped())) {
                said.get(pair.swapped()).add(each.preferred().swapped());
            } else {
                said.computeIfAbsent(pair, _ -> new Votes()).add(each.preferred());
            }
        }
        int contradicted = (int) said.values().stream().filter(Votes::areContrary).count();
        return new People(
                List.copyOf(said.keySet()),
                said.values().stream().map(Votes::preferred).toList(),
                judgements.size(),
                contradicted);
    }

    /// Whether a right answer was shown beside every pair, so that the judge is to be shown one, too.
    public boolean sawReferences() {
        return pairs.stream().allMatch(each -> each.reference().isPresent());
    }
}
