package dev.sartor.suite.task;

/// Which rows stand as solved examples before an item (lm-eval's `api/samplers.py` and `ConfigurableTask.fewshot_context`).
public enum FewShotRule {
    /// So many are drawn by `random.Random(1234)`, which goes on from item to item.
    DRAWN,
    /// One more is drawn, the item itself is left out, and the first so many are taken: lm-eval does so where a task has no test split,
    /// although the examples come from another one.
    DRAWN_WITHOUT_ITEM,
    /// The first, for every item of a subject.
    FIRST,
    /// The prompt has its own, and takes no others.
    FIXED
}
