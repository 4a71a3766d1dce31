package dev.sartor.serve.job;

/// What a server asks of those who keep files and do jobs. Each is closed by whoever made it.
public interface JobPorts {
    Files files();

    FineTunings tunings();

    Batches batches();

    /// Begins the work on batches; called once, when requests can be answered.
    void begin(Answering answering);

    /// Ends the work on batches: no more is asked of what answers.
    void end();
}
