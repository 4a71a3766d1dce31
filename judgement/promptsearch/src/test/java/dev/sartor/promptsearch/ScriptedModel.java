package dev.sartor.promptsearch;

import dev.sartor.core.Example;
import dev.sartor.promptsearch.answer.PromptedModel;
import dev.sartor.promptsearch.answer.Proposer;
import dev.sartor.promptsearch.answer.SearchedPrompt;
import dev.sartor.promptsearch.budget.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A model that knows the swapped labels where its instruction or an example tells them, and takes its time as chance has it.
final class ScriptedModel implements PromptedModel, Proposer {
    private static final long MOST_TOKENS = 60;
    private static final double MOST_SECONDS = 2;

    /// A token's price.
    private static final double PRICE = 0.001;

    private final FakeClock clock;
    private final Random chance;
    int calls;
    long tokens;
    double price;
    double seconds;

    ScriptedModel(FakeClock clock, long seed) {
        this.clock = clock;
        this.chance = new Random(seed);
    }

    @Override
    public Cost worst(SearchedPrompt prompt, List<Example> examples) {
        long most = examples.size() * most(prompt);
        return new Cost(most, most * PRICE, examples.size() * MOST_SECONDS);
    }

    private static long most(SearchedPrompt prompt) {
        return MOST_TOKENS + 10L * prompt.examples().size() + prompt.instruction().length() / 4;
    }

    @Override
    public List<Reply> answer(SearchedPrompt prompt, List<Example> examples) {
        var replies = new ArrayList<Reply>();
        for (var example : examples) {
            replies.add(reply(said(prompt, example), most(prompt)));
        }
        return replies;
    }

    private Reply reply(String text, long most) {
        calls++;
        long used = 1 + chance.nextLong(most);
        double took = chance.nextDouble() * MOST_SECONDS;
        tokens += used;
        price += used * PRICE;
        seconds += took;
        clock.advance(took);
        return new Reply(text, used, used, used * PRICE);
    }

    private static String said(SearchedPrompt prompt, Example example) {
        boolean isTold =
                prompt.instruction().contains("metal means") || prompt.examples().size() >= 2;
        boolean isFruit = example.reference().equals("metal");
        return isFruit == isTold ? "metal" : "fruit";
    }

    @Override
    public Cost worst(String request) {
        return new Cost(400, 400 * PRICE, MOST_SECONDS);
    }

    @Override
    public Reply propose(String request, long seed) {
        return reply("```\nSay it well, number " + seed + "\n```", 400);
    }
}
