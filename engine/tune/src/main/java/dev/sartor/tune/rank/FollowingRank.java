package dev.sartor.tune.rank;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.group.ProcessGroup;
import dev.sartor.tune.objective.Batches;
import dev.sartor.tune.objective.Learner;
import dev.sartor.tune.optimiser.Peers;
import java.time.Duration;

/// A rank that does what rank 0 decides.
final class FollowingRank implements Peers {
    private final int rank;
    private final int count;
    private final RankChannel leader;
    private final ProcessGroup group;

    private FollowingRank(int rank, int count, RankChannel leader, ProcessGroup group) {
        this.rank = rank;
        this.count = count;
        this.leader = leader;
        this.group = group;
    }

    static FollowingRank connect(int rank, int count, RankChannel leader, Duration patience) {
        var group =
                Engine.call(() ->
                        ProcessGroup.connect(
                                rank,
                                count,
                                leader.ownAddress(),
                                own -> {
                                    leader.send(RankMessage.of(RankMessage.Kind.ADDRESS, own));
                                    return RankAddresses.unpacked(
                                            leader.receive(RankMessage.Kind.ADDRESS).bytes());
                                },
                                patience));
        return new FollowingRank(rank, count, leader, group);
    }

    /// Until rank 0 says that the training is over.
    ///
    /// @param steps of the training
    <R> void follow(Learner<R> learner, Batches<R> batches, int steps, Progress progress) {
        try (var bar = progress.begin("tuning as rank " + rank, steps, "steps")) {
            double rate = 0;
            int at = 0;
            while (true) {
                var said = leader.receive();
                switch (said.kind()) {
                    case BEGIN -> {
                        int step = Math.toIntExact(said.number());
                        rate = said.value();
                        bar.advance(step - at);
                        at = step;
                        Engine.run(() -> learner.gradients(batches.at(step)));
                    }
                    case TAKE -> {
                        double now = rate;
                        Engine.run(() -> learner.optimiser().step(said.value(), now));
                    }
                    case LEAVE -> {}
                    case COLLECT -> Engine.run(learner.optimiser()::sendState);
                    case SPREAD ->
                            Engine.run(() -> learner.receive(Math.toIntExact(said.number())));
                    case END -> {
                        refuseIfIncomplete(said);
                        return;
                    }
                    default ->
                            throw SartorException.defect(
                                    "rank 0 said " + said.kind() + " in a training");
                }
            }
        }
    }

    private static void refuseIfIncomplete(RankMessage end) {
        if (end.number() != 0) {
            throw SartorException.missing(
                    "rank 0 lost another rank, and the training stopped: start all again, and it goes on from its last checkpoint, with"
                            + " as many ranks as you like.");
        }
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void begin(int step, double rate) {}

    /// Rank 0 alone learns the sum.
    @Override
    public double sum(double loss) {
        leader.send(RankMessage.of(RankMessage.Kind.LOSS, 0, loss));
        return loss;
    }

    @Override
    public Sum beginSum(Tensor values) {
        return new RankSum(group.beginSum(values), this::named);
    }

    @Override
    public void take(double factor) {}

    @Override
    public void leave() {}

    @Override
    public void collect() {}

    @Override
    public void spread(int taken) {}

    @Override
    public void broadcast(Tensor values, int from) {
        named(() -> group.broadcast(values, from));
    }

    @Override
    public void send(Tensor values, int to) {
        named(() -> group.send(values, to));
    }

    @Override
    public void receive(Tensor values, int from) {
        named(() -> group.receive(values, from));
    }

    private void named(Runnable exchange) {
        try {
            exchange.run();
        } catch (SartorException e) {
            leader.refuseIfLost();
            throw e;
        }
    }

    @Override
    public void close() {
        group.close();
        leader.close();
    }
}
