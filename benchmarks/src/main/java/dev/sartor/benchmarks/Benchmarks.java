package dev.sartor.benchmarks;

import dev.sartor.benchmarks.judge.BenchJudgeCommand;
import dev.sartor.benchmarks.labels.BenchLabelNextCommand;
import dev.sartor.benchmarks.labels.BenchLearningCurveCommand;
import dev.sartor.benchmarks.labels.BenchWrongLabelsCommand;
import dev.sartor.benchmarks.verdict.BenchRacingCommand;
import dev.sartor.benchmarks.verdict.BenchVerdictCommand;
import dev.sartor.cli.option.BenchmarkCommands;
import dev.sartor.cli.option.Composition;
import java.util.List;

/// All commands under `sartor bench`.
public final class Benchmarks implements BenchmarkCommands {
    @Override
    public List<Object> commands(Composition composition) {
        return List.of(
                new BenchEmbedCommand(composition),
                new BenchRetrievalCommand(composition),
                new BenchSearchCommand(composition),
                new BenchVectorsCommand(composition),
                new BenchInjectionCommand(composition),
                new BenchGenerateCommand(composition),
                new BenchAdaptersCommand(composition),
                new BenchChoicesCommand(composition),
                new BenchTokenizeCommand(composition),
                new BenchMachineCommand(composition),
                new BenchStepCommand(composition),
                new BenchTuneCommand(composition),
                new BenchTunedCommand(composition),
                new BenchTextsCommand(composition),
                new BenchWeightsCommand(composition),
                new BenchVerdictCommand(composition),
                new BenchRacingCommand(composition),
                new BenchJudgeCommand(composition),
                new BenchWrongLabelsCommand(composition),
                new BenchLabelNextCommand(composition),
                new BenchLearningCurveCommand(composition));
    }
}
