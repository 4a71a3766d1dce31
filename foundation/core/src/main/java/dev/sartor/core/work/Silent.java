package dev.sartor.core.work;

/// Progress that nobody watches.
final class Silent implements Progress, Progress.Step {
    static final Silent PROGRESS = new Silent();

    private Silent() {}

    @Override
    public Step begin(String what, long total, String unit) {
        return this;
    }

    @Override
    public void say(String line) {}

    @Override
    public void advance(long units) {}

    @Override
    public void note(String text) {}

    @Override
    public void close() {}
}
