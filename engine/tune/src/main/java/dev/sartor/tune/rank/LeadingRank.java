package dev.sartor.tune.rank;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.group.ProcessGroup;
import dev.sartor.tune.optimiser.Peers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Rank 0 of several.
final class LeadingRank implements Peers {
    private final List<RankChannel> others;
    private final ProcessGroup group;
    private final Ranks.Started started;

    private LeadingRank(List<RankChannel> others, ProcessGroup group, Ranks.Started started) {
        this.others = others;
        this.group = group;
        this.started = started;
    }

    /// @param others from rank 1 on
    /// @param started those of them that are this process's, which are waited for at the end
    static LeadingRank connect(List<RankChannel> others, Duration patience, Ranks.Started started) {
        var group =
                Engine.call(() ->
                        ProcessGroup.connect(
                                0,
                                others.size() + 1,
                                others.getFirst().ownAddress(),
                                own -> exchange(own, others),
                                patience));
        return new LeadingRank(others, group, started);
    }

    private static List<byte[]> exchange(byte[] own, List<RankChannel> others) {
        var all = new ArrayList<byte[]>(List.of(own));
        others.forEach(each -> all.add(each.receive(RankMessage.Kind.ADDRESS).bytes()));
        var packed = RankAddresses.packed(all);
        others.forEach(each -> each.send(RankMessage.of(RankMessage.Kind.ADDRESS, packed)));
        return all;
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int count() {
        return others.size() + 1;
    }

    private void tell(RankMessage message) {
        others.forEach(each -> each.send(message));
    }

    @Override
    public void begin(int step, double rate) {
        tell(RankMessage.of(RankMessage.Kind.BEGIN, step, rate));
    }

    @Override
    public double sum(double loss) {
        double sum = loss;
        for (var each : others) {
            sum += each.receive(RankMessage.Kind.LOSS).value();
        }
        return sum;
    }

    @Override
    public Sum beginSum(Tensor values) {
        return new RankSum(group.beginSum(values), this::named);
    }

    @Override
    public void take(double factor) {
        tell(RankMessage.of(RankMessage.Kind.TAKE, 0, factor));
    }

    @Override
    public void leave() {
        tell(RankMessage.of(RankMessage.Kind.LEAVE));
    }

    @Override
    public void collect() {
        tell(RankMessage.of(RankMessage.Kind.COLLECT));
    }

    @Override
    public void spread(int taken) {
        tell(RankMessage.of(RankMessage.Kind.SPREAD, taken, 0));
    }

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

    /// The native library does not say which rank went.
    private void named(Runnable exchange) {
        try {
            exchange.run();
        } catch (SartorException e) {
            others.forEach(RankChannel::refuseIfLost);
            throw e;
        }
    }

    @Override
    public void close() {
        boolean complete = others.stream().noneMatch(RankChannel::isLost);
        others.forEach(each -> each.sayEnd(complete));
        group.close();
        others.forEach(RankChannel::close);
        started.close();
    }
}
