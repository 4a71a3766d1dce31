package dev.sartor.template.value;

import dev.sartor.core.Problems;

/// How much a template may do before it is refused. Templates come with downloaded models: they are strangers' programs.
///
/// @param steps evaluated expressions and statements; long texts cost a step for every 16 characters touched
/// @param characters the longest text, output or value, in UTF-16 characters
/// @param depth how deep expressions, blocks and macro calls may nest in each other
/// @param range the most numbers that one `range` may give
public record TemplateLimits(long steps, int characters, int depth, int range) {
    /// Enough for every published chat template over a conversation of a million characters; under two seconds of work.
    private static final TemplateLimits STANDARD =
            new TemplateLimits(4_000_000, 8_000_000, 400, 100_000);

    private static final int DEEPEST = 1000;

    public TemplateLimits {
        atLeastOne(steps, "steps");
        atLeastOne(characters, "characters");
        atLeastOne(range, "range");
        Problems.refuseUnless(
                depth >= 1 && depth <= DEEPEST,
                "template limit 'depth'",
                "1 to " + DEEPEST,
                depth,
                "deeper ones may exhaust a thread's stack");
    }

    private static void atLeastOne(long value, String name) {
        Problems.refuseUnless(
                value >= 1,
                "template limit '" + name + "'",
                "at least 1",
                value,
                "TemplateLimits.standard() suits every published template");
    }

    public static TemplateLimits standard() {
        return STANDARD;
    }
}
