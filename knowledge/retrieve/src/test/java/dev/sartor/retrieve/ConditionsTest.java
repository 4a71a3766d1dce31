package dev.sartor.retrieve;

import dev.sartor.retrieve.index.IndexStorage;

/// The contract, kept in a folder.
class ConditionsTest extends ConditionsContract {
    @Override
    protected IndexStorage index() {
        return IndexStorage.at(root.resolve("index"));
    }
}
