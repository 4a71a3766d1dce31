package dev.sartor.state;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import dev.sartor.serve.Audit;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Scope;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.ServerPorts;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.Transport;
import dev.sartor.serve.server.Server;
import dev.sartor.state.audit.AuditFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What bench/gateway.py and bench/quotas.py measure: all of a server but a model, which says `yes` after a pause. Prints a key, and waits until its
/// input ends.
public final class ScriptedServer {
    private ScriptedServer() {}

    /// @param args the port, the pause in milliseconds, a file for the state, a folder for the audit log or `-`, and, where they are not
    ///     the usual ones, how many answers are made and how many requests wait
    public static void main(String[] args) throws Exception {
        var state = State.open(args[2]);
        var ann =
                new KeyGrant(
                        Optional.of("ann"),
                        List.of(),
                        Optional.of("acme"),
                        Scope.usual(),
                        Optional.empty());
        for (int i = 0; i < 100; i++) {
            state.keys().create(ann); // there are others, too
        }
        var key = state.keys().create(ann);
        var model =
                new ServedModel(
                        new Scripted(Long.parseLong(args[1])),
                        Readers.everyone(),
                        new AnswerForm.FreeText(5));
        try (var keys = state.follow(List.of());
                var audit =
                        args[3].equals("-")
                                ? Audit.none()
                                : AuditFolder.open(
                                        Path.of(args[3]), Optional.empty(), Clock.systemUTC());
                var quotas = state.quotas();
                var _ =
                        Server.start(
                                new ServerSettings(
                                        "127.0.0.1",
                                        Integer.parseInt(args[0]),
                                        Optional.of(keys),
                                        Limits.usual()
                                                .withRunning(
                                                        args.length > 4
                                                                ? Integer.parseInt(args[4])
                                                                : 256,
                                                        args.length > 5
                                                                ? Integer.parseInt(args[5])
                                                                : 1024),
                                        new Transport.Plain(),
                                        ServerPorts.none().withAudit(audit).withQuotas(quotas)),
                                new ServedModels(Map.of("m", model), Map.of()))) {
            System.out.println(key.secret());
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    private record Scripted(long pause) implements Responder {
        @Override
        public List<Answer> answer(List<Question> questions, Progress progress) {
            return questions.stream().map(question -> stream(question, _ -> {})).toList();
        }

        @Override
        public Answer stream(Question question, Consumer<String> onText) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            onText.accept("yes");
            return new Answer(
                    "yes", Answer.Finish.STOP, new Answer.Usage(10, 0, 1), List.of(), Map.of(), 0);
        }

        @Override
        public void close() {}
    }
}
