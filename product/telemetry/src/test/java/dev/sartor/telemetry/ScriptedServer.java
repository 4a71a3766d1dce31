package dev.sartor.telemetry;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Readers;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.ServerPorts;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.Telemetry;
import dev.sartor.serve.server.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/// What bench/telemetry.py measures: all of a server but a model, which repeats what it is told. Prints its address, and waits until its
/// input ends.
public final class ScriptedServer {
    private ScriptedServer() {}

    /// @param args the collector's address, or `-` for none
    public static void main(String[] args) throws IOException {
        var model = new ServedModel(new Speaker(), Readers.everyone(), new AnswerForm.FreeText(50));
        try (var telemetry =
                        args[0].equals("-")
                                ? Telemetry.none()
                                : OtlpTelemetry.open(
                                        OtlpSettings.of(args[0], _ -> Optional.empty()));
                var server =
                        Server.start(
                                ServerSettings.local(0)
                                        .withPorts(ServerPorts.none().withTelemetry(telemetry)),
                                new ServedModels(Map.of("m", model), Map.of()))) {
            System.out.println(server.url());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
