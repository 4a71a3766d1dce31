package dev.sartor.tune.optimiser;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// One of several ranks, the others of which are not there: it notes what is asked, and sums are as though all had the same values.
///
/// @param told what was asked, in its order
/// @param begun values of each sum as it began
public record ImaginedPeers(int rank, int count, List<Asked> told, List<float[]> begun)
        implements Peers {
    public enum Asked {
        SUM_BEGUN,
        SUM_AWAITED,
        SUM_CLOSED,
        LOSS
    }

    public ImaginedPeers(int rank, int count) {
        this(rank, count, new ArrayList<>(), new ArrayList<>());
    }

    public long times(Asked asked) {
        return told.stream().filter(each -> each == asked).count();
    }

    @Override
    public void begin(int step, double rate) {}

    @Override
    public double sum(double loss) {
        told.add(Asked.LOSS);
        return loss * count;
    }

    @Override
    public Sum beginSum(Tensor values) {
        if (values.type() != DType.F32) {
            throw new AssertionError("sums are exact in F32 alone, not in " + values.type());
        }
        told.add(Asked.SUM_BEGUN);
        begun.add(values.toFloats());
        return new Sum() {
            @Override
            public void await() {
                told.add(Asked.SUM_AWAITED);
                values.multiply(count);
            }

            @Override
            public void close() {
                told.add(Asked.SUM_CLOSED);
            }
        };
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
    public void broadcast(Tensor values, int from) {}

    @Override
    public void send(Tensor values, int to) {}

    @Override
    public void receive(Tensor values, int from) {}

    @Override
    public void close() {}
}
