package dev.sartor.tune.optimiser;

import dev.sartor.core.SartorException;
import dev.sartor.tensor.Tensor;

/// One process, and nobody to tell anything.
enum Alone implements Peers {
    ONLY;

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public void begin(int step, double rate) {}

    @Override
    public double sum(double loss) {
        return loss;
    }

    @Override
    public Sum beginSum(Tensor values) {
        throw SartorException.defect("there is nobody to add up with");
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
    public void send(Tensor values, int to) {
        throw SartorException.defect("there is no rank " + to);
    }

    @Override
    public void receive(Tensor values, int from) {
        throw SartorException.defect("there is no rank " + from);
    }

    @Override
    public void close() {}
}
