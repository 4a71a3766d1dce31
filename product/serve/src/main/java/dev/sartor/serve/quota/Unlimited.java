package dev.sartor.serve.quota;

/// Has nothing to say.
enum Unlimited implements Quotas {
    INSTANCE;

    @Override
    public boolean limits(User user) {
        return false;
    }

    @Override
    public Reservation reserve(User user, Usage most, Runnable stayInLine) {
        return _ -> {};
    }
}
